import { defineConfig } from '@playwright/test';
import { playwrightConfig } from '../workbench/playwrightConfig';
import type { WorkerOptions } from './fixtures';

export default defineConfig<object, WorkerOptions>(playwrightConfig('e2e'), {
  snapshotPathTemplate: '{testDir}/../fixtures/themes/{arg}{ext}',
  projects: [
    { name: 'newest' },
    { name: 'oldest', testMatch: 'smoke.test.ts', use: { serverOptions: { release: 'oldest' } } },
  ],
});
