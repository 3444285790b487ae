import { defineConfig } from '@playwright/test';
import { playwrightConfig } from '../workbench/playwrightConfig';
import { PAGE_SIZE } from './editor/pageSize';

export default defineConfig(playwrightConfig('pages'), {
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  use: { viewport: PAGE_SIZE, reducedMotion: 'reduce' },
});
