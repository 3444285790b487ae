import { describe, expect, test } from 'vitest';
import { DecodedPages } from '../../../src/webview/document/decodedPages';

const { signal } = new AbortController();

/** Pages of 10 bytes each, decoded when the test says so. */
function setUp(budget = 30) {
  const started: number[] = [];
  const closed: number[] = [];
  const finish: (() => void)[] = [];
  const pages = new DecodedPages<number>({
    decode: (number) => {
      started.push(number);
      return new Promise((resolve) => finish.push(() => resolve(number)));
    },
    bytesOf: () => 10,
    close: (page) => closed.push(page),
    budget,
  });
  const decodeAll = async (...numbers: number[]): Promise<void> => {
    for (const number of numbers) {
      const page = pages.get(number, true, signal);
      finish.pop()?.();
      await page;
    }
  };
  return { pages, started, closed, finish, decodeAll };
}

describe('DecodedPages', () => {
  test('decodes a page once for simultaneous and later requests', async () => {
    const { pages, started, finish } = setUp();
    const both = [pages.get(1, true, signal), pages.get(1, false, signal)];
    finish.pop()?.();
    expect(await Promise.all(both)).toEqual([1, 1]);
    expect(await pages.get(1, true, signal)).toBe(1);
    expect(started).toEqual([1]);
  });

  test('closes the least recently used page when the budget is exceeded', async () => {
    const { pages, closed, decodeAll } = setUp(30);
    await decodeAll(1, 2, 3);
    await pages.get(1, true, signal);
    await decodeAll(4);
    expect(closed).toEqual([2]);
    expect(pages.bytes).toBe(30);
  });

  test('keeps a single page that exceeds the budget', async () => {
    const { pages, closed, decodeAll } = setUp(5);
    await decodeAll(1, 2);
    expect(closed).toEqual([1]);
    expect(pages.bytes).toBe(10);
  });

  test('decodes urgent pages first, even one that became urgent while it waited', async () => {
    const { pages, started, finish } = setUp();
    const asked = [1, 2, 3].map((number) => pages.get(number, false, signal));
    void pages.get(3, true, signal);
    for (let done = 1; done <= 3; done++) {
      await expect.poll(() => started.length).toBe(done);
      finish.shift()?.();
    }
    await Promise.all(asked);
    expect(started).toEqual([1, 3, 2]);
  });

  test('does not decode a page whose request was aborted, until it is requested again', async () => {
    const { pages, started, finish } = setUp();
    const first = pages.get(1, true, signal);
    const controller = new AbortController();
    const dropped = pages.get(2, true, controller.signal);
    controller.abort();
    await expect(dropped).rejects.toMatchObject({ name: 'AbortError' });
    const third = pages.get(3, true, signal);
    finish.shift()?.();
    await first;
    await expect.poll(() => started).toEqual([1, 3]);
    finish.shift()?.();
    await third;
    const again = pages.get(2, true, signal);
    await expect.poll(() => started).toEqual([1, 3, 2]);
    finish.shift()?.();
    expect(await again).toBe(2);
  });

  test('closes all pages when it is closed, and those that are decoded afterwards', async () => {
    const { pages, closed, finish, decodeAll } = setUp();
    await decodeAll(1);
    const late = pages.get(2, true, signal);
    pages.close();
    finish.pop()?.();
    await late;
    expect(closed).toEqual([1, 2]);
    expect(pages.bytes).toBe(0);
  });
});
