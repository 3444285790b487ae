import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PROPERTY_RUNS } from '../../builders/propertyRuns';
import { MODEL_RUNS } from '../mailbox/modelRuns';
import { table } from '../../builders/writtenDocument';
import { serverDocument, trustDocument } from './trustDocument';

const ROOT = path.join(import.meta.dirname, '../../..');

/** Of each store. */
const SEQUENCES = 'sequences of changes, faults, restarts and crashes, for each kind of store';

test('docs/trust.md tells how often random values are tried', () => {
  const rows = [...Object.entries(PROPERTY_RUNS), [SEQUENCES, MODEL_RUNS] as const];
  trustDocument.expectPart(
    'properties',
    table(
      ['What is tried', 'How often'],
      rows.map(([name, runs]) => [name, runs.toLocaleString('en')]),
    ),
  );
  expect(rows.length).toBeGreaterThan(10);
});

test('docs/trust.md names tests that there are, for each of its promises', () => {
  const [, promises = ''] = /\n## Promises\n([^]*?)\n## /.exec(trustDocument.read()) ?? [];
  const items = promises.split(/\n- /).slice(1);
  expect(items.length).toBeGreaterThan(20);
  for (const item of items) {
    expect(testsIn(item).length, item).toBeGreaterThan(0);
    expectToExist(testsIn(item));
  }
});

test('docs/server.md names tests that there are', () => {
  const files = testsIn(serverDocument.read());
  expect(files.length).toBeGreaterThan(4);
  expectToExist(files);
});

function testsIn(text: string): readonly string[] {
  return [...text.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file = '']) => file);
}

function expectToExist(files: readonly string[]): void {
  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
}
