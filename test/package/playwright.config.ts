import { defineConfig } from '@playwright/test';
import type { WorkerOptions } from '../e2e/fixtures';
import { playwrightConfig } from '../workbench/playwrightConfig';
import { releases, type ReleaseName } from '../workbench/releases';
import { vsix } from './vsix';

export default defineConfig<object, WorkerOptions>(playwrightConfig('package'), {
  projects: [
    { name: 'contents', testMatch: 'contents.test.ts' },
    ...(Object.keys(releases) as ReleaseName[]).map((release) => ({
      name: release,
      testMatch: 'installed.test.ts',
      use: { underDevelopment: false, serverOptions: { release, extensions: [vsix] } },
    })),
  ],
});
