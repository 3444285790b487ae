import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Budget, type PageBudget } from '../../../src/webview/tiff/budget';
import { TiffClient, type TiffWorker } from '../../../src/webview/tiff/tiffClient';
import type { TiffReply, TiffRequest } from '../../../src/webview/tiff/tiffProtocol';
import { TooLargeError } from '../../../src/webview/tooLarge';
import type * as tiffBudget from '../../../src/webview/tiff/budget';
import type * as tiffDirectory from '../../../src/webview/tiff/directory';
import type * as tiffImage from '../../../src/webview/tiff/image';
import type * as tooLarge from '../../../src/webview/tooLarge';
import type * as tiffDocument from '../../../src/webview/tiffDocument';
import { TiffDocument } from '../../../src/webview/tiffDocument';
import { loadCounted } from '../../builders/countedCode';
import { checkProperty } from '../../builders/property';
import { DAMAGE } from '../../faxMatrix/differences';
import { bytesOf, cases } from '../../faxMatrix/storedCases';

/** The decoder, with its steps counted. */
const counted = loadCounted<
  typeof tiffDocument & typeof tiffBudget & typeof tiffDirectory & typeof tiffImage & typeof tooLarge
>(
  'src/webview/tiffDocument.ts',
  'src/webview/tiff/budget.ts',
  'src/webview/tiff/directory.ts',
  'src/webview/tiff/image.ts',
  'src/webview/tooLarge.ts',
);

const fixtures = path.join(import.meta.dirname, '../../fixtures');

function load(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path.join(fixtures, name))).buffer;
}

/** What the largest page takes that people send, and no more. */
function budget(): PageBudget {
  return { pixels: new Budget(1e6), stored: new Budget(1e6), unpacked: new Budget(4e6) };
}

type Entry = readonly [tag: number, type: 1 | 3 | 4, values: readonly number[]];

const SIZES = { 1: 1, 3: 2, 4: 4 } as const;

/** A little-endian TIFF of one page with these tags; the data of a strip come after them, at 'data'. */
function tiff(entries: readonly Entry[], data = new Uint8Array(0)): ArrayBuffer {
  const long = entries.map(([, type, values]) => values.length * SIZES[type]);
  const directory = 8 + 2 + entries.length * 12 + 4;
  const total = long.filter((size) => size > 4).reduce((sum, size) => sum + size, directory);
  const view = new DataView(new ArrayBuffer(total + data.length));
  new Uint8Array(view.buffer).set(data, total);
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  let free = directory;
  entries.forEach(([tag, type, values], index) => {
    const at = 10 + index * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    const size = values.length * SIZES[type];
    const start = size > 4 ? free : at + 8;
    if (size > 4) {
      view.setUint32(at + 8, free, true);
      free += size;
    }
    values.forEach((value, place) => {
      if (type === 1) view.setUint8(start + place, value);
      else if (type === 3) view.setUint16(start + place * 2, value, true);
      else view.setUint32(start + place * 4, value < 0 ? total : value, true);
    });
  });
  return view.buffer;
}

/** Stands for where the data begin. */
const DATA = -1;

const page = (...entries: readonly Entry[]): Entry[] => [
  [256, 4, [100]],
  ...(entries.some(([tag]) => tag === 257) ? [] : [[257, 4, [100]] as const]),
  ...entries.filter(([tag]) => tag !== 256),
];

describe('a TIFF that is small and asks for much', () => {
  test.each(readdirSync(path.join(fixtures, 'bombs')))(
    '%s is refused before anything is allocated for it',
    async (name) => {
      const document = new TiffDocument(load(`bombs/${name}`));
      await expect(document.decode(0)).rejects.toThrow(TooLargeError);
    },
  );

  test.each([
    [
      'tiles of gigapixels',
      page([258, 3, [1]], [259, 3, [4]], [322, 4, [8]], [323, 4, [2 ** 31]], [324, 4, [DATA]], [325, 4, [4]]),
    ],
    [
      'a single strip of 65,535 samples',
      page([258, 3, [16]], [259, 3, [1]], [273, 4, [DATA]], [277, 3, [65_535]], [279, 4, [4]]),
    ],
    [
      'samples of 65,535 bits',
      page([258, 3, [65_535]], [259, 3, [5]], [273, 4, [DATA]], [277, 3, [1]], [279, 4, [4]]),
    ],
    [
      'a JPEG inside that is larger than the page',
      page([258, 3, [8]], [259, 3, [7]], [262, 3, [6]], [273, 4, [DATA]], [277, 3, [3]], [279, 4, [40]]),
    ],
  ] as readonly (readonly [string, Entry[]])[])('with %s is refused', async (_what, entries) => {
    const jpeg = [
      0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xdc, 0xff, 0xdc, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
    ];
    const spent = budget();
    const document = new TiffDocument(
      tiff(entries, Uint8Array.from([...jpeg, ...new Array<number>(40).fill(0)])),
    );
    await expect(document.decode(0, spent)).rejects.toThrow();
    expect(spent.unpacked.spent).toBeLessThanOrEqual(4e6);
  });

  test('with as many strips as it likes is decoded once, not once for each of them', async () => {
    const offsets = Array.from({ length: 100_000 }, () => DATA);
    const entries = page(
      [258, 3, [1]],
      [259, 3, [4]],
      [273, 4, offsets],
      [278, 4, [100]],
      [279, 4, offsets.map(() => 4)],
    );
    const spent = budget();
    const document = new TiffDocument(tiff(entries, Uint8Array.from([0xff, 0xff, 0xff, 0xff])));
    await document.decode(0, spent).catch(() => undefined);
    expect(spent.pixels.spent).toBe(10_000);
  });

  test('with strips of which each goes on to the end of the file reads it only once', async () => {
    const data = new Uint8Array(400_000);
    const offsets = Array.from({ length: 100 }, (_, index) => 900 + index * 13);
    const entries = page([258, 3, [1]], [259, 3, [1]], [266, 3, [2]], [273, 4, offsets], [278, 4, [1]]);
    const spent = budget();
    const document = new TiffDocument(tiff(entries, data));
    await document.decode(0, spent);
    expect(spent.stored.spent).toBeLessThan(500_000);
  });

  test('whose directories name the same values again and again is refused', () => {
    const values = Array.from({ length: 900_000 }, () => 1);
    const one = tiff([[273, 1, values]]);
    // Tags that are known, each with the same values as the first.
    const tags = [256, 257, 258, 259, 262, 266, 274, 277];
    const bytes = new Uint8Array(one.byteLength + 200);
    bytes.set(new Uint8Array(one));
    const view = new DataView(bytes.buffer);
    const start = one.byteLength;
    view.setUint32(4, start, true);
    view.setUint16(start, tags.length, true);
    tags.forEach((tag, index) => {
      view.setUint16(start + 2 + index * 12, tag, true);
      view.setUint16(start + 4 + index * 12, 1, true);
      view.setUint32(start + 6 + index * 12, 900_000, true);
      view.setUint32(start + 10 + index * 12, 26, true);
    });
    expect(() => new TiffDocument(bytes.buffer)).toThrow(TooLargeError);
  });
});

test('a TIFF of a fraction of a pixel has no page', () => {
  const bytes = tiff(
    page([257, 4, [1]], [273, 4, [DATA]], [279, 4, [4]]),
    Uint8Array.of(7, 0, 0, 0, 2, 0, 0, 0),
  );
  const view = new DataView(bytes);
  // The width becomes seven halves: a fraction, which is where the data are.
  view.setUint16(12, 5, true);
  view.setUint32(18, bytes.byteLength - 8, true);
  expect(() => new TiffDocument(bytes)).toThrow('no pages');
});

describe('a TIFF of many strips', () => {
  const strips = (compression: number, count: number, ...others: readonly Entry[]): ArrayBuffer =>
    tiff(
      page(
        ...[257, 273, 279].map((tag): Entry => [
          tag,
          4,
          tag === 257 ? [count] : times(count, tag === 273 ? DATA : 4),
        ]),
        [258, 3, [8]],
        [259, 3, [compression]],
        [262, 3, [1]],
        [278, 4, [1]],
        ...others,
      ),
      Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    );
  const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

  test('takes memory for each as it is large, whatever is made ready to decode it', async () => {
    const { module, within } = await counted;
    const bytes = strips(5, 1_500);
    const { work } = await within(ENDLESS, () =>
      new module.TiffDocument(bytes).decode(0).catch(() => undefined),
    );
    expect(work.bytes).toBeLessThan(10e6);
  });

  test('whose tables are read again for each of them is refused', async () => {
    const { module, within } = await counted;
    const bytes = strips(7, 20_000, [347, 1, times(200_000, 0)]);
    const spent = {
      pixels: new module.Budget(1e7),
      stored: new module.Budget(1e7),
      unpacked: new module.Budget(1e7),
    };
    await within({ steps: 2e8, bytes: 2e8 }, async () => {
      await expect(new module.TiffDocument(bytes).decode(0, spent)).rejects.toThrow(module.TooLargeError);
    });
  });

  test('is refused if there are more than any page has', async () => {
    await expect(new TiffDocument(strips(1, 70_000)).decode(0)).rejects.toThrow(TooLargeError);
  });
});

describe('a damaged TIFF', () => {
  const sources = [
    ...['fax', 'brokenFaxes'].flatMap((folder) =>
      readdirSync(path.join(fixtures, folder))
        .filter((name) => name.endsWith('.tif'))
        .map((name) => new Uint8Array(load(`${folder}/${name}`))),
    ),
    ...unusualFaxes(),
  ];

  /** Where something is, as a share of the whole. */
  const share = fc.noBias(fc.nat(9_999)).map((part) => part / 10_000);
  const byte = fc.constantFrom(0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xff, 0xda, 0xdc, 0xc0);
  const entry = fc.nat(15);
  const kind = <Kind extends Damage['kind']>(name: Kind): fc.Arbitrary<Kind> => fc.constant(name);
  const damage: fc.Arbitrary<Damage> = fc.oneof(
    // Most of what can be said of sizes is in the directory.
    { weight: 6, arbitrary: fc.record({ kind: kind('directory'), at: share, byte }) },
    { weight: 3, arbitrary: fc.record({ kind: kind('file'), at: share, byte }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('end'), at: share }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: kind('piece'),
        at: share,
        removed: fc.nat(8),
        added: fc.array(byte, { maxLength: 8 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: kind('order'), from: entry, to: entry }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('value'), from: entry, to: entry }) },
  );

  test('of whatever kind is decoded, or refused, in steps and memory linear in what it may take', async () => {
    const { module, within } = await counted;
    // The decoder of JPEG says what it finds damaged.
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    onTestFinished(() => warn.mockRestore());
    const limits = { pixels: 3e6, stored: 1e6, unpacked: 12e6 };
    const source = fc.nat(sources.length - 1);
    let decoded = 0;
    const runs = await checkProperty(
      'damaged TIFFs',
      fc.asyncProperty(source, fc.array(damage, { minLength: 1, maxLength: 6 }), async (index, damages) => {
        const sound = sources[index] ?? new Uint8Array();
        const directory = new DataView(sound.buffer).getUint32(4, sound[0] === 0x49);
        const { buffer } = damages.reduce((bytes, each) => spoiled(bytes, directory, each), sound.slice());
        const spent = {
          pixels: new module.Budget(limits.pixels),
          stored: new module.Budget(limits.stored),
          unpacked: new module.Budget(limits.unpacked),
        };
        const rasters: tiffDocument.Raster[] = [];
        const { work } = await within(ENDLESS, async () => {
          try {
            const document = new module.TiffDocument(buffer);
            for (let number = 0; number < Math.min(document.pages.length, 3); number++) {
              rasters.push(await document.decode(number, spent));
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        });
        decoded += Math.min(rasters.length, 1);
        for (const { rgba, width, height } of rasters) expect(rgba.length).toBe(width * height * 4);
        expect(spent.pixels.spent).toBeLessThanOrEqual(limits.pixels);
        expect(spent.stored.spent).toBeLessThanOrEqual(limits.stored);
        expect(spent.unpacked.spent).toBeLessThanOrEqual(limits.unpacked);
        const pages = pagePixels(module, buffer);
        const most =
          buffer.byteLength + spent.pixels.spent + spent.stored.spent + spent.unpacked.spent + pages;
        expect(work.steps).toBeLessThanOrEqual(25 * most + 100_000);
        expect(work.bytes).toBeLessThanOrEqual(12 * most + 400_000);
      }),
    );
    // Damage that leaves nothing to be decoded would try nothing.
    expect(decoded).toBeGreaterThan(runs / 4);
  });
});

/** Files that contradict themselves, in BigTIFF and in old-style JPEG, some of each kind. */
function unusualFaxes(): readonly Uint8Array<ArrayBuffer>[] {
  return cases
    .filter(({ group }, index) => group !== 'Faxes' && group !== DAMAGE && index % 4 === 0)
    .map(bytesOf);
}

const ENTRY_BYTES = 12;

/** More than anything takes that ends, for what it may take is known only when it has. */
const ENDLESS = { steps: 1.5e9, bytes: 4e9 };

/** What is done to a file: `at` is a share of it, or of its first directory; `from` and `to` are entries of that. */
type Damage =
  | { readonly kind: 'directory' | 'file'; readonly at: number; readonly byte: number }
  | { readonly kind: 'end'; readonly at: number }
  | {
      readonly kind: 'piece';
      readonly at: number;
      readonly removed: number;
      readonly added: readonly number[];
    }
  | { readonly kind: 'order' | 'value'; readonly from: number; readonly to: number };

/** @param directory where the first one is, in bytes */
function spoiled(bytes: Uint8Array<ArrayBuffer>, directory: number, damage: Damage): Uint8Array<ArrayBuffer> {
  const entry = (index: number): number => directory + 2 + index * ENTRY_BYTES;
  switch (damage.kind) {
    case 'directory':
    case 'file': {
      const whole = damage.kind === 'file';
      const at = whole ? Math.floor(damage.at * bytes.length) : directory + Math.floor(damage.at * 200);
      if (at < bytes.length) bytes[at] = damage.byte;
      return bytes;
    }
    case 'end':
      return bytes.slice(0, Math.ceil(damage.at * bytes.length));
    case 'piece': {
      const at = Math.floor(damage.at * bytes.length);
      const rest = bytes.subarray(at + damage.removed);
      return Uint8Array.from([...bytes.subarray(0, at), ...damage.added, ...rest]);
    }
    case 'order': {
      const [from, to] = [entry(damage.from), entry(damage.to)];
      const kept = bytes.slice(to, to + ENTRY_BYTES);
      bytes.copyWithin(to, from, from + ENTRY_BYTES);
      if (from + kept.length <= bytes.length) bytes.set(kept, from);
      return bytes;
    }
    case 'value':
      // How many there are, and where.
      return bytes.copyWithin(entry(damage.to) + 4, entry(damage.from) + 4, entry(damage.from) + ENTRY_BYTES);
  }
}

/** Pixels of the pages that are not refused at once. */
function pagePixels(
  { readDirectories, readImage }: typeof tiffDirectory & typeof tiffImage,
  bytes: ArrayBuffer,
): number {
  try {
    return readDirectories(bytes).directories.reduce((sum, page) => {
      const { width, height } = readImage(page);
      const pixels = width * height;
      return sum + (pixels <= 80_000_000 ? pixels : 0);
    }, 0);
  } catch {
    return 0;
  }
}

/** A worker that answers as it is told, or never. */
class FakeWorker implements TiffWorker {
  readonly asked: TiffRequest[] = [];
  isTerminated = false;
  #answer: ((event: { data: TiffReply }) => void) | undefined;

  constructor(private readonly answers: (request: TiffRequest) => TiffReply | undefined) {}

  readonly addEventListener = ((kind: string, listener: (event: { data: TiffReply }) => void): void => {
    if (kind === 'message') this.#answer = listener;
  }) as unknown as TiffWorker['addEventListener'];

  postMessage(request: TiffRequest): void {
    this.asked.push(request);
    const reply = this.answers(request);
    if (reply) queueMicrotask(() => this.#answer?.({ data: reply }));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

describe('a page that takes too long to decode', () => {
  const answer = (request: TiffRequest): TiffReply | undefined => {
    const { id } = request;
    if (request.kind === 'open') return { id, kind: 'opened', pages: [] };
    const bitmap = {} as ImageBitmap;
    return request.index === 1 ? undefined : { id, kind: 'page', page: { bitmap, condition: 'whole' } };
  };

  test('ends its worker and says so; the next page is decoded by another', async () => {
    const workers: FakeWorker[] = [];
    const start = (): Promise<TiffWorker> => {
      const worker = new FakeWorker(answer);
      workers.push(worker);
      return Promise.resolve(worker);
    };
    const end = new AbortController();
    const client = new TiffClient(new ArrayBuffer(8), start, end.signal, 20);
    await client.open();
    await client.page(0);
    await expect(client.page(1)).rejects.toThrow(TooLargeError);
    await expect.poll(() => workers[0]?.isTerminated).toBe(true);
    expect(await client.page(2)).toMatchObject({ condition: 'whole' });
    expect(workers.map(({ asked }) => asked.map(({ kind }) => kind))).toEqual([
      ['open', 'page', 'page'],
      ['open', 'page'],
    ]);
    end.abort(new Error('Closed'));
    await expect.poll(() => workers[1]?.isTerminated).toBe(true);
    await expect(client.page(0)).rejects.toThrow('Closed');
  });
});
