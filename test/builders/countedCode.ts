import { createRequire } from 'node:module';
import * as path from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { instrument } from './instrument';

/**
 * What code of ours has done. Neither depends on the machine, on its load or on what was run before.
 */
export interface Work {
  /**
   * Calls of functions and turns of loops; and characters, bytes and elements that a built-in function reads or makes, for
   * those are what a quadratic use of one costs.
   */
  readonly steps: number;
  /** Bytes of typed arrays, and of arrays and strings that built-in functions make, kept or not. */
  readonly bytes: number;
}

/** The code does more work than it may; it is stopped there, even if it would never end. */
export class TooMuchWorkError extends Error {
  override readonly name = 'TooMuchWorkError';
}

export interface CountedCode<Module> {
  readonly module: Module;
  readonly within: RunWithin;
}

/**
 * Runs something that uses the module.
 * @throws TooMuchWorkError if it did more than `limits`, even if it caught that error itself
 * @returns the result and the work; or, once it is there, the result of a promise
 */
export interface RunWithin {
  <Result>(limits: Work, run: () => Promise<Result>): Promise<Done<Result>>;
  <Result>(limits: Work, run: () => Result): Done<Result>;
}

export interface Done<Result> {
  readonly result: Result;
  readonly work: Work;
}

/**
 * Loads files of `src`, with all that they import, so that what they do is counted. They are bundled, as they are for the
 * extension, and a counter is put into every function and every loop. That is not done by V8's own coverage (`Profiler` of
 * `node:inspector`), for it counts blocks only of what is compiled after it begins, counts nothing that built-in functions
 * do, is read only when the code has returned, and slows what other tests of the process have loaded.
 *
 * Everything that the files share with the test, such as classes of errors, has to come from `module`.
 * @param files from the project's root
 */
export async function loadCounted<Module>(...files: readonly string[]): Promise<CountedCode<Module>> {
  const { outputFiles } = await build({
    stdin: { contents: files.map((file) => `export * from './${file}';`).join('\n'), resolveDir: ROOT },
    bundle: true,
    platform: 'node',
    // As browsers read the packages: these are the sources that the pages are built of.
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node22',
    write: false,
    logLevel: 'error',
  });
  return countedScript<Module>(outputFiles.map(({ text }) => text).join(''), files.join(', '));
}

/**
 * The same for one script, which puts what it gives into `exports`.
 * @param name what it is called where errors come from
 */
export function countedScript<Module>(source: string, name: string): CountedCode<Module> {
  const counter = new Counter();
  const load = compileFunction(
    instrument(source, { counter: COUNTER, methods: BUILT_IN }),
    ['exports', 'require', 'module', COUNTER],
    {
      filename: `counted ${name}`,
    },
  ) as (...parameters: unknown[]) => void;
  const module = { exports: {} };
  load(module.exports, createRequire(import.meta.url), module, counter);
  return {
    module: module.exports as Module,
    within: ((limits: Work, run: () => unknown) => counter.within(limits, run)) as RunWithin,
  };
}

const ROOT = path.join(import.meta.dirname, '../..');

/** What the counter is called in the code. */
const COUNTER = '__work';

type Callable = (...values: unknown[]) => unknown;
type Constructor = new (...values: unknown[]) => unknown;

/** A number or a reference; a unit of a string has two bytes at most. */
const BYTES_OF = { element: 8, unit: 2 };

class Counter {
  /** Public and with short names, for the code adds to it itself, in every loop. */
  n = 0;
  m = Infinity;
  #bytes = 0;
  #most = Infinity;
  #error: TooMuchWorkError | undefined;

  within<Result>(limits: Work, run: () => Result): Done<Result> | Promise<Done<Awaited<Result>>> {
    this.n = this.#bytes = 0;
    [this.m, this.#most] = [limits.steps, limits.bytes];
    this.#error = undefined;
    let isPending = false;
    try {
      const result = run();
      if (result instanceof Promise) {
        isPending = true;
        return (result as Promise<Awaited<Result>>)
          .finally(() => this.#end())
          .then((value) => ({ result: value, work: { steps: this.n, bytes: this.#bytes } }));
      }
      return { result, work: { steps: this.n, bytes: this.#bytes } };
    } finally {
      if (!isPending) this.#end();
    }
  }

  /** There are more steps than there may be. */
  x(): never {
    throw (this.#error ??= new TooMuchWorkError(`More than ${this.m} steps.`));
  }

  #end(): void {
    this.m = this.#most = Infinity;
    // Whoever caught it may have thrown another one in its place, or none.
    if (this.#error) throw this.#error;
  }

  #step(count: number): void {
    this.n += count;
    if (this.n > this.m) this.x();
  }

  #allocate(bytes: number): void {
    this.#bytes += bytes;
    if (!(this.#bytes > this.#most)) return;
    throw (this.#error ??= new TooMuchWorkError(`More than ${this.#most} bytes.`));
  }

  #keep(result: unknown): void {
    if (typeof result === 'string') this.#allocate(result.length * BYTES_OF.unit);
    else if (Array.isArray(result)) this.#allocate(result.length * BYTES_OF.element);
    else if (result instanceof ArrayBuffer) this.#allocate(result.byteLength);
    else if (ArrayBuffer.isView(result)) this.#allocate(result.byteLength);
  }

  /** Calls a method of a name in `BUILT_IN`, whoever's it is. */
  call(object: Record<string, Callable>, name: string, ...values: unknown[]): unknown {
    const reads = BUILT_IN.get(name) ?? 0;
    if (reads & Reads.Object) this.#step(sizeOf(object));
    if (reads & Reads.Values) for (const value of values) this.#step(sizeOf(value));
    const from = object instanceof RegExp ? object.lastIndex : 0;
    const result = object[name]?.(...values);
    if (object instanceof RegExp) {
      const length = sizeOf(values[0]);
      this.#step((object.lastIndex > 0 ? object.lastIndex : length) - Math.min(from, length));
    } else if (reads & Reads.UntilFound) {
      const found = typeof result === 'number' && result >= 0 ? result : sizeOf(object);
      this.#step(Math.max(0, found - (typeof values[1] === 'number' ? values[1] : 0)));
    } else if (reads & Reads.Range) {
      const [, start = 0, end = sizeOf(object)] = values as (number | undefined)[];
      this.#step(Math.max(0, end - start));
    }
    if (reads & Reads.Nothing || (typeof result === 'object' && result === object)) return result;
    this.#step(sizeOf(result));
    this.#keep(result);
    return result;
  }

  /** `new` of a class that holds elements. */
  make(type: Constructor & { BYTES_PER_ELEMENT?: number }, ...values: unknown[]): unknown {
    const [first] = values;
    const isLength = typeof first === 'number';
    // Whatever else is given as a length is none, or an error.
    if (isLength && first > 0 && first < Infinity) {
      const size = type.BYTES_PER_ELEMENT ?? ((type as unknown) === ArrayBuffer ? 1 : BYTES_OF.element);
      this.#step(first);
      // Before there is any.
      this.#allocate(first * size);
    }
    const result = new type(...values);
    if (!isLength && !(first instanceof ArrayBuffer)) {
      this.#step(sizeOf(result));
      this.#keep(result);
    }
    return result;
  }

  /** What is made of spread ones. */
  made<Value extends object>(value: Value): Value {
    this.#step(Array.isArray(value) ? value.length : Object.keys(value).length);
    this.#keep(value);
    return value;
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return value instanceof Map || value instanceof Set ? value.size : 0;
}

/** What a built-in method reads, beside what it makes. */
const Reads = { Object: 1, Values: 2, UntilFound: 4, Range: 8, Nothing: 16 } as const;

/** The methods that do more for more, by what they read. Of those with callbacks, the calls are counted anyway. */
const BUILT_IN: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        Reads.Object,
        'replace replaceAll match matchAll search split trim trimStart trimEnd toLowerCase toUpperCase normalize sort ' +
          'toSorted reverse toReversed flat splice unshift includes lastIndexOf isWellFormed toWellFormed join',
      ],
      [Reads.Values, 'set parse encode decode segment from startsWith endsWith'],
      [Reads.UntilFound, 'indexOf'],
      [Reads.Range, 'fill'],
      [Reads.Nothing, 'test exec'],
      [
        0,
        'slice substring substr concat repeat map filter flatMap padStart padEnd entries keys values fromEntries ' +
          'toString stringify all raw',
      ],
    ] as const
  ).flatMap(([reads, names]) => names.split(' ').map((name) => [name, reads] as const)),
);
