import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract}/**/*.test.ts'],
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
