import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const DOCS = path.join(import.meta.dirname, '../../../docs');

/** Whether what is seen is written down rather than compared with what was. */
const WRITES = process.env['WRITE_TRUST'] !== undefined;

/** A document that says what tests see. */
export type SeenDocument = 'trust.md' | 'server.md';

export function readDocument(name: SeenDocument = 'trust.md'): string {
  return readFileSync(path.join(DOCS, name), 'utf8').replaceAll('\r\n', '\n');
}

/**
 * Makes sure that a part of a document, between comments with the part's name, is what was seen; `npm run trust` writes what is
 * seen instead.
 */
export function expectInDocument(part: string, text: string, name: SeenDocument = 'trust.md'): void {
  const [begin, end] = [`<!-- ${part}: written by npm run trust -->`, `<!-- end of ${part} -->`];
  const document = readDocument(name);
  const [start, stop] = [document.indexOf(begin) + begin.length, document.indexOf(end)];
  if (start < begin.length || stop < start) throw new Error(`docs/${name} has no part “${part}”.`);
  const seen = `\n\n${text}\n\n`;
  if (WRITES) writeFileSync(path.join(DOCS, name), document.slice(0, start) + seen + document.slice(stop));
  else expect(document.slice(start, stop), 'npm run trust writes what is seen').toBe(seen);
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
