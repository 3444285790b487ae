import { defineConfig } from '@playwright/test';
import { playwrightConfig } from '../workbench/playwrightConfig';

export default defineConfig(playwrightConfig('e2e'), {
  snapshotPathTemplate: '{testDir}/../fixtures/themes/{arg}{ext}',
});
