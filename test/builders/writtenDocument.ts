import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect } from 'vitest';

/** Whether what is seen is written down rather than compared with what was. */
const WRITES = process.env['WRITE_DOCUMENTS'] !== undefined;

/** A document with parts that tests write, between comments with their names, and hold to. */
export class WrittenDocument {
  readonly #file: string;

  /**
   * @param file from the project's root
   * @param script of npm, that writes what tests see
   */
  constructor(
    private readonly file: string,
    private readonly script: string,
  ) {
    this.#file = path.join(import.meta.dirname, '../..', file);
  }

  read(): string {
    return readFileSync(this.#file, 'utf8').replaceAll('\r\n', '\n');
  }

  /** Makes sure that a part is what was seen; the script writes what is seen instead. */
  expectPart(name: string, text: string): void {
    const command = `npm run ${this.script}`;
    const [begin, end] = [`<!-- ${name}: written by ${command} -->`, `<!-- end of ${name} -->`];
    const document = this.read();
    const [start, stop] = [document.indexOf(begin) + begin.length, document.indexOf(end)];
    if (start < begin.length || stop < start) throw new Error(`${this.file} has no part “${name}”.`);
    const seen = `\n\n${text}\n\n`;
    if (WRITES) writeFileSync(this.#file, document.slice(0, start) + seen + document.slice(stop));
    else expect(document.slice(start, stop), `${command} writes what is seen`).toBe(seen);
  }
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
