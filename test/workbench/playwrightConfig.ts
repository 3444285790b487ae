import * as path from 'node:path';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { resultsRoot } from './paths';

/** Playwright's settings for a suite of workbench tests: `name` is its folder in test and in test-results. */
export function playwrightConfig(name: string): PlaywrightTestConfig {
  return defineConfig({
    testDir: path.resolve(__dirname, '..', name),
    globalSetup: path.resolve(__dirname, '..', name, 'setup.ts'),
    outputDir: path.join(resultsRoot, name),
    reporter: [['list'], ['json', { outputFile: path.join(resultsRoot, `${name}.json`) }]],
    forbidOnly: Boolean(process.env['CI']),
    retries: 0,
    workers: 2,
    fullyParallel: true,
    // A test that fails has found a fault, so nobody waits for these times but in trouble; a busy machine needs long ones.
    timeout: 300_000,
    globalTimeout: 60 * 60_000,
    expect: { timeout: 60_000 },
    use: {
      viewport: { width: 1280, height: 900 },
      actionTimeout: 60_000,
      navigationTimeout: 60_000,
      contextOptions: { reducedMotion: 'reduce' },
      screenshot: 'only-on-failure',
      // The steps alone: pictures of every step would make the tests take half as long again.
      trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    },
  });
}
