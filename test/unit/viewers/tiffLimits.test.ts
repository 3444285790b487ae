import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Budget, type PageBudget } from '../../../src/webview/tiff/budget';
import { TiffClient, type TiffWorker } from '../../../src/webview/tiff/tiffClient';
import type { TiffReply, TiffRequest } from '../../../src/webview/tiff/tiffProtocol';
import { TooLargeError } from '../../../src/webview/tooLarge';
import { TiffDocument } from '../../../src/webview/tiffDocument';

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
  [257, 4, [100]],
  ...entries.filter(([tag]) => tag !== 256 && tag !== 257),
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

describe('a damaged TIFF', () => {
  const files = [
    'g4.tif',
    'g3-2d.tif',
    'g4-tiles.tif',
    'grey-jpeg.tif',
    'lzw.tif',
    'packbits.tif',
    'deflate.tif',
    'palette-lzw.tif',
  ];

  test('of whatever kind is decoded, or refused, within bounds', async () => {
    const sources = files.map((name) => new Uint8Array(load(`fax/${name}`)));
    const damage = fc.array(
      fc.record({
        where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        // Most of what can be said of sizes is in the head or in the directory at the end.
        value: fc.constantFrom(0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xff, 0xda, 0xdc, 0xc0),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(files.length - 1),
        damage,
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: 1 }),
        async (index, places, kept) => {
          const source = sources[index] ?? new Uint8Array();
          const bytes = source.slice(0, Math.ceil(source.length * kept));
          const directory = new DataView(source.buffer).getUint32(4, source[0] === 0x49);
          for (const { where, value } of places) {
            const isInDirectory = where < 0.7;
            const at = isInDirectory
              ? directory + Math.floor((where / 0.7) * 200)
              : Math.floor(where * bytes.length);
            if (at < bytes.length) bytes[at] = value;
          }
          const spent = { pixels: new Budget(3e6), stored: new Budget(1e6), unpacked: new Budget(12e6) };
          try {
            const document = new TiffDocument(bytes.buffer);
            for (let number = 0; number < Math.min(document.pages.length, 3); number++) {
              const raster = await document.decode(number, spent);
              expect(raster.rgba.length).toBe(raster.width * raster.height * 4);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

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
    return request.index === 1 ? undefined : { id, kind: 'page', page: { bitmap, damaged: false } };
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
    expect(await client.page(2)).toMatchObject({ damaged: false });
    expect(workers.map(({ asked }) => asked.map(({ kind }) => kind))).toEqual([
      ['open', 'page', 'page'],
      ['open', 'page'],
    ]);
    end.abort(new Error('Closed'));
    await expect.poll(() => workers[1]?.isTerminated).toBe(true);
    await expect(client.page(0)).rejects.toThrow('Closed');
  });
});
