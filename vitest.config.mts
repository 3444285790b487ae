import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Files that replace a module for everything that they import, which no other file may come across. */
const withMocks = globSync('test/{unit,contract}/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  readFileSync(`${import.meta.dirname}/${file}`, 'utf8').includes('vi.mock('),
);

export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/unit.json' },
    // Vitest would leave a core to itself, although it has next to nothing to do while tests run.
    maxWorkers: '100%',
    // Tests wait for conditions: how long is up to the machine, and only says when to give up.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { requireAssertions: true, poll: { timeout: 60_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // To load the same modules for each file again takes longer than most files themselves.
          isolate: false,
          include: ['test/{unit,contract}/**/*.test.ts'],
          exclude: withMocks,
          benchmark: { include: ['test/bench/**/*.bench.ts'] },
        },
      },
      { extends: true, test: { name: 'mocks', include: withMocks, benchmark: { include: [] } } },
    ],
  },
});
