import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const FILE = path.join(import.meta.dirname, '../../../docs/trust.md');

/** Whether what is seen is written down rather than compared with what was. */
const WRITES = process.env['WRITE_TRUST'] !== undefined;

export function readDocument(): string {
  return readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n');
}

/**
 * Makes sure that a part of docs/trust.md, between comments with its name, is what was seen; `npm run trust` writes what is
 * seen instead.
 */
export function expectInDocument(name: string, text: string): void {
  const [begin, end] = [`<!-- ${name}: written by npm run trust -->`, `<!-- end of ${name} -->`];
  const document = readDocument();
  const [start, stop] = [document.indexOf(begin) + begin.length, document.indexOf(end)];
  if (start < begin.length || stop < start) throw new Error(`docs/trust.md has no part “${name}”.`);
  const seen = `\n\n${text}\n\n`;
  if (WRITES) writeFileSync(FILE, document.slice(0, start) + seen + document.slice(stop));
  else expect(document.slice(start, stop), 'npm run trust writes what is seen').toBe(seen);
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
