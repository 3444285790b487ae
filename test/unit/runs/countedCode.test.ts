import { describe, expect, it } from 'vitest';
import { countedScript, TooMuchWorkError } from '../../builders/countedCode';

const ENOUGH = { steps: 1e6, bytes: 1e6 };

/** The work of a function of so many lines of JavaScript, which is called with `value`. */
function workOf(body: string, value?: unknown): { steps: number; bytes: number } {
  const { module, within } = countedScript<{ run: (value: unknown) => unknown }>(
    `exports.run = function (value) { ${body} };`,
    'script',
  );
  return within(ENOUGH, () => module.run(value)).work;
}

describe('the steps of a script', () => {
  it.each([
    ['', 1],
    ['for (let at = 0; at < 10; at++);', 11],
    ['for (let at = 0; at < 10; at++) for (let in_ = 0; in_ < 10; in_++) { }', 111],
    ['for (const each of [1, 2, 3]) value = each;', 4],
    ['for (const key in { a: 1, b: 2 }) { value = key; }', 3],
    ['let left = 5; while (left > 0) left--;', 6],
    ['let left = 5; do left--; while (left > 0);', 6],
    ['const same = (each) => each; same(1); same(2);', 3],
    ['const object = (each) => ({ each }); object(1);', 2],
    ['class A { #a = 1; get a() { return this.#a; } static b() { return new A().a; } } A.b();', 3],
    ['function* two() { yield 1; yield 2; } for (const each of two()) value = each;', 4],
    ['[1, 2, 3].forEach((each) => each);', 4],
  ])('are its calls and the turns of its loops: %s', (body, steps) => {
    expect(workOf(body).steps).toBe(steps);
  });

  it.each([
    ["value.split('-')", 10, 11],
    ["value.replace('x', 'y')", 10, 20],
    ['/x/.test(value)', 10, 10],
    ["value.indexOf('b', 4)", 10, 5],
    ["value.indexOf('x', 4)", 10, 6],
    ['value.slice(2).slice(2)', 10, 14],
    ['[...value]', 10, 10],
    ['({ ...value.split(""), a: 1 })', 10, 31],
    ['new Uint8Array(20).fill(1, 5, 15)', 10, 30],
    ['new Set([1, 2, 3])', 10, 3],
    // What is called on something that there may not be is left out.
    ['value?.slice(1)', 10, 0],
    ['value.none?.slice(1).length', 10, 0],
    ['(undefined ?? value).slice(5)', 10, 5],
  ])('are what built-in functions read and make, too: %s', (expression, length, steps) => {
    const text = 'aaaaaaaaab'.slice(0, length);
    expect(workOf(`return ${expression};`, text).steps).toBe(1 + steps);
  });

  it('are no more in a second run, and none are counted that the test does itself', () => {
    const { module, within } = countedScript<{ run: () => void }>('exports.run = () => {};', 'script');
    const run = (): void => {
      for (let at = 0; at < 100; at++) module.run();
    };
    expect(within(ENOUGH, run).work.steps).toBe(100);
    run();
    expect(within(ENOUGH, run).work.steps).toBe(100);
  });
});

describe('the bytes of a script', () => {
  it.each([
    ['new Float32Array(100)', 400],
    ['new Uint8Array(new ArrayBuffer(100))', 100],
    ['new Array(10)', 80],
    ["'ab'.repeat(50)", 200],
    ['[[1], [2]].map((each) => each)', 16],
    ['new Uint8Array([1, 2, 3])', 3],
  ])('are those of %s', (expression, bytes) => {
    expect(workOf(`return ${expression};`).bytes).toBe(bytes);
  });
});

describe('too much work', () => {
  it.each(['for (;;);', 'while (true) { }', 'do ; while (true);'])(
    'is stopped, even if it would never end: %s',
    (body) => {
      expect(() => workOf(body)).toThrow(TooMuchWorkError);
    },
  );

  it('is stopped before anything is allocated', () => {
    expect(() => workOf('new Uint8Array(2 ** 40);')).toThrow(TooMuchWorkError);
  });

  it('is told even if the script catches what is thrown', () => {
    expect(() => workOf('try { for (;;); } catch { return 1; }')).toThrow('More than 1000000 steps.');
  });

  it('of a promise is told when it is there', async () => {
    const { module, within } = countedScript<{ run: () => Promise<number> }>(
      'exports.run = async () => { await null; for (let at = 0; at < 10; at++); return 7; };',
      'script',
    );
    expect(await within(ENOUGH, module.run)).toEqual({ result: 7, work: { steps: 11, bytes: 0 } });
    await expect(within({ steps: 5, bytes: 0 }, module.run)).rejects.toThrow(TooMuchWorkError);
  });
});
