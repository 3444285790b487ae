import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TiffDocument, type Raster } from '../../../src/webview/tiffDocument';
import { table, WrittenDocument } from '../../builders/writtenDocument';
import type { Case, Seen } from '../../faxMatrix/cases';
import { DAMAGE, reasonFor, REASONS, WHOLE } from '../../faxMatrix/differences';
import { HEIGHT, isBlack, WIDTH } from '../../faxMatrix/pictures';
import { bytesOf, cases, stored } from '../../faxMatrix/storedCases';

const document = new WrittenDocument('docs/fax-compatibility.md', 'fax-compatibility');

const hash = ({ rgba }: Raster): string => createHash('sha256').update(rgba).digest('hex').slice(0, 16);

/** Samples of two decoders of JPEG differ by no more than this, on average and at most. */
const MEAN_ROUNDING = 3;
const MOST_ROUNDING = 40;

function isSame(raster: Raster, { width, height, sha256, pixels }: Seen): boolean {
  if (raster.width !== width || raster.height !== height) return false;
  if (!pixels) return hash(raster) === sha256;
  const differences = Array.from(stored(pixels), (value, index) =>
    Math.abs(value - (raster.rgba[Math.floor(index / 3) * 4 + (index % 3)] ?? 0)),
  );
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  return mean < MEAN_ROUNDING && Math.max(...differences) < MOST_ROUNDING;
}

/** Names of files that have lost something of their page. */
const LOSES =
  /the last block (?:missing|at 0)|the file ends in the middle|before its height, with others below|ends in the middle of a line|ends after an EOL|an empty line|a wrong code|a line (?:that|without)|Huffman, ends early|ends early without|, cut$/;

type Outcome = 'as libtiff' | 'as it was sent' | 'otherwise';

interface Result {
  readonly each: Case;
  readonly outcome: Outcome;
  readonly pages: readonly (Raster | Error)[];
}

async function decode(each: Case): Promise<readonly (Raster | Error)[]> {
  const tiff = new TiffDocument(bytesOf(each).buffer);
  const pages: (Raster | Error)[] = [];
  for (const index of tiff.pages.keys())
    pages.push(await tiff.decode(index).catch((error: unknown) => error as Error));
  return pages;
}

async function compare(each: Case): Promise<Result> {
  const pages = await decode(each);
  const rasters = pages.filter((page): page is Raster => !(page instanceof Error));
  const { libtiff, sent } = each;
  const agrees =
    rasters.length === libtiff.length &&
    rasters.every((raster, index) => isSame(raster, libtiff[index] ?? NONE));
  const isSent = rasters.length === 1 && rasters.every((raster) => hash(raster) === sent);
  return { each, pages, outcome: agrees ? 'as libtiff' : isSent ? 'as it was sent' : 'otherwise' };
}

const NONE: Seen = { width: 0, height: 0, sha256: '' };
let results: readonly Result[] = [];

beforeAll(async () => {
  // The decoder of JPEG says what it finds missing.
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  results = await Promise.all(cases.map(compare));
  warn.mockRestore();
});

afterAll(() => {
  const agreeing = results.filter(({ outcome }) => outcome === 'as libtiff');
  const sent = results.filter(({ outcome }) => outcome === 'as it was sent');
  console.log(
    `${agreeing.length} of ${results.length} files agree with libtiff; ${sent.length} more are read as they were sent`,
  );
});

describe('the pages of the fax matrix', () => {
  test('are the same pixels as libtiff reads, or differ for a reason that is given', () => {
    const unexplained = results.filter(({ each, outcome }) => outcome !== 'as libtiff' && !reasonFor(each));
    expect(unexplained.map(({ each, outcome }) => `${each.group}: ${each.name}: ${outcome}`)).toEqual([]);
  });

  test('differ where a reason says so', () => {
    for (const reason of REASONS) {
      const explained = results.filter(({ each }) => reasonFor(each) === reason);
      expect(
        explained.some(({ outcome }) => outcome !== 'as libtiff'),
        reason.why,
      ).toBe(true);
    }
  });

  test('are as they were sent where a reason says so', () => {
    const whole = results.filter(({ each }) => reasonFor(each)?.here === WHOLE);
    expect(whole.length).toBeGreaterThan(20);
    const others = whole.filter(({ outcome }) => outcome === 'otherwise');
    expect(others.map(({ each }) => `${each.group}: ${each.name}`)).toEqual([]);
  });

  test.each([
    ['Group 3, ends in the middle of a line', 29],
    ['Group 3, two-dimensional, a wrong code in a line', 13],
    ['Group 4, cut', 25],
  ])('have what was not read of a line as in the line above: %s', (name, y) => {
    const [page] = results.find(({ each }) => each.name === name)?.pages ?? [];
    if (!page || page instanceof Error) throw new Error('The page was not read.');
    const columns = Array.from({ length: WIDTH }, (_, x) => x);
    const sent = (line: number): readonly boolean[] => columns.map((x) => isBlack(x, line));
    const shown = (line: number): readonly boolean[] =>
      columns.map((x) => page.rgba[(line * WIDTH + x) * 4] === 0);
    for (let line = 0; line < y; line++) expect(shown(line), `line ${line}`).toEqual(sent(line));
    const read = columns.findLastIndex((x) => shown(y)[x] !== shown(y - 1)[x]) + 1;
    expect(read).toBeGreaterThan(0);
    expect(shown(y).slice(0, read), 'what was read').toEqual(sent(y).slice(0, read));
    expect(shown(y).slice(read), 'what is as in the line above').toContain(true);
  });

  test('are called damaged only if something of the page is lost', () => {
    const called = results.filter(
      ({ each, pages }) =>
        each.group !== DAMAGE && pages.some((page) => page instanceof Error || page.damaged),
    );
    const lost = results.filter(({ each }) => each.group !== DAMAGE && LOSES.test(each.name));
    expect(called.map(({ each }) => each.name)).toEqual(lost.map(({ each }) => each.name));
  });

  test('are called incomplete if a strip or tile is missing, or a part of one', () => {
    const missing = results.filter(({ each }) => /the last block|the file ends|others below/.test(each.name));
    expect(missing.length).toBeGreaterThan(15);
    for (const { each, pages } of missing)
      expect(pages, each.name).toEqual([expect.objectContaining({ damaged: true, incomplete: true })]);
  });

  test('have their full size if their bytes are damaged', () => {
    const damaged = results.filter(({ each }) => each.group === DAMAGE);
    expect(damaged.length).toBeGreaterThan(20);
    const decoded = damaged.flatMap(({ each, pages }) =>
      pages.filter((page): page is Raster => !(page instanceof Error)).map((page) => ({ each, page })),
    );
    expect(decoded.length).toBeGreaterThan(20);
    for (const { each, page } of decoded) {
      expect(page, each.name).toMatchObject({ width: WIDTH, height: HEIGHT });
      expect(page.rgba.length, each.name).toBe(WIDTH * HEIGHT * 4);
    }
  });

  test('are counted in docs/fax-compatibility.md', () => {
    const groups = [...new Set(cases.map(({ group }) => group))];
    const count = (group: string | undefined, outcome?: Outcome): string =>
      String(
        results.filter(
          (result) =>
            (group === undefined || result.each.group === group) &&
            (outcome === undefined || result.outcome === outcome),
        ).length,
      );
    const row = (name: string, group?: string): readonly string[] => [
      name,
      count(group),
      count(group, 'as libtiff'),
      count(group, 'as it was sent'),
      count(group, 'otherwise'),
    ];
    expect(groups.length).toBeGreaterThan(5);
    document.expectPart(
      'agreement',
      table(
        ['What', 'Files', 'As libtiff', 'As it was sent', 'Otherwise'],
        [...groups.map((group) => row(group, group)), row('All')],
      ),
    );
    document.expectPart(
      'differences',
      table(
        ['What', 'libtiff', 'Here', 'Why', 'Files'],
        REASONS.map((reason) => [
          reason.what,
          reason.libtiff,
          reason.here,
          reason.why,
          String(
            results.filter(({ each, outcome }) => outcome !== 'as libtiff' && reasonFor(each) === reason)
              .length,
          ),
        ]),
      ),
    );
  });
});
