import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { sharedRateLimit } from '../../../src/accounts/sharedRateLimits';
import { readJson } from '../../../src/api/jsonBody';
import { RateLimits } from '../../../src/api/rateLimits';
import type { RateLimiter } from '../../../src/api/rateLimiter';
import { RATES, RateTable } from '../../../src/storage/rateTable';
import { SharedDatabase } from '../../../src/storage/sharedDatabase';
import { FakeClock, rejection, transportTo } from './fakes';
import { json, startServer } from './server';

const SCOPE = { rest: 'https://platform.example.com', clientId: 'app', accountId: '1' };

/** A computer with a wall clock, and windows that come and go. */
class Computer {
  /** Milliseconds that the wall clock is off. */
  offset = 0;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  readonly #start = Date.now();
  passed = 0;

  constructor() {
    onTestFinished(() => rmSync(this.#folder, { recursive: true }));
    const spy = vi.spyOn(Date, 'now').mockImplementation(this.now);
    onTestFinished(() => spy.mockRestore());
  }

  readonly now = (): number => this.#start + this.passed + this.offset;

  /** A window, with a clock of its own that is never set. */
  open(): { readonly limiter: RateLimiter; readonly clock: FakeClock } {
    const database = new SharedDatabase(path.join(this.#folder, 'windows.sqlite'), RATES);
    onTestFinished(() => database.close());
    const table = new RateTable(database, this.now);
    const clock = new FakeClock();
    const book = new RateLimits(
      (name) => sharedRateLimit(table, name, (line) => expect.unreachable(line)),
      clock,
    );
    return { limiter: book.groupsOf(SCOPE).limiterFor('listMessages'), clock };
  }
}

/** Milliseconds until a window may send a request. */
async function wait({ limiter, clock }: ReturnType<Computer['open']>): Promise<number> {
  const before = clock.time;
  await limiter.enter(undefined, () => undefined);
  return clock.time - before;
}

describe('a penalty', () => {
  test('holds for every window', async () => {
    const computer = new Computer();
    const [one, other] = [computer.open(), computer.open()];
    expect(await wait(other)).toBe(0);
    one.limiter.penalize(60);
    expect(await wait(other)).toBe(60_000);
  });

  test('holds after a restart, for what is left of it', async () => {
    const computer = new Computer();
    computer.open().limiter.penalize(60);
    computer.passed = 20_000;
    expect(await wait(computer.open())).toBe(40_000);
  });

  test.each([
    ['an hour back', -3_600_000],
    ['a day back', -86_400_000],
  ])('is no longer than it was after the clock was set %s', async (_what, offset) => {
    const computer = new Computer();
    computer.open().limiter.penalize(60);
    computer.offset = offset;
    expect(await wait(computer.open())).toBe(60_000);
  });

  test.each([-3_600_000, 3_600_000])(
    'is as long as it was in a window that goes on while the clock is set (%i ms)',
    async (offset) => {
      const computer = new Computer();
      const [one, other] = [computer.open(), computer.open()];
      one.limiter.penalize(60);
      const waiting = wait(other);
      computer.offset = offset;
      expect(await waiting).toBe(60_000);
      other.limiter.learn({ limit: 50, remaining: 49, window: 60 });
      one.clock.time += 10_000;
      expect(await wait(one)).toBe(50_000);
    },
  );

  test('is not forgotten over an answer that was on its way', async () => {
    const computer = new Computer();
    const [one, other] = [computer.open(), computer.open()];
    one.limiter.penalize(60);
    other.limiter.learn({ limit: 50, remaining: 40, window: 60 });
    expect(await wait(computer.open())).toBe(60_000);
  });

  test('lets a single request of all windows try after it', async () => {
    const computer = new Computer();
    const [one, other] = [computer.open(), computer.open()];
    one.limiter.penalize(60);
    computer.passed = 60_001;
    one.clock.time = 60_001;
    expect(await wait(one)).toBe(0);
    let isThrough = false;
    const second = wait(other).then(() => (isThrough = true));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(isThrough).toBe(false);
    one.limiter.learn({ limit: 50, remaining: 49, window: 60 });
    await second;
  });
});

test('windows use up together what remains', async () => {
  const computer = new Computer();
  const windows = [computer.open(), computer.open(), computer.open()];
  windows[0]?.limiter.learn({ limit: 5, remaining: 2, window: 60 });
  for (const window of windows) window.limiter.leave();
  const through: number[] = [];
  const entries = windows.map((window, index) => wait(window).then(() => through.push(index)));
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(through).toHaveLength(2);
  computer.passed = 60_001;
  await Promise.all(entries);
});

test('a damaged table is begun anew, and requests go on meanwhile', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'windows.sqlite');
  const damaged: unknown[] = [];
  const database = new SharedDatabase(file, RATES, (error) => damaged.push(error));
  onTestFinished(() => database.close());
  const limit = sharedRateLimit(new RateTable(database), 'a', (line) => expect.unreachable(line));
  limit.close(60_000, 1);
  database.exec('DROP TABLE rate');
  expect(limit.take()).toBe(true);
  expect(damaged).toHaveLength(1);
  expect(limit.read()).toBeUndefined();
});

describe('the next request after a refusal for its rate', () => {
  test.each([
    ['90', 90_000],
    ['60, 60', 60_000],
    ['30, 60', 60_000],
    [undefined, 30_000],
    ['-1', 30_000],
    ['soon', 30_000],
    ['9'.repeat(400), 30_000],
    ['2592000', 3_600_000],
    ['0', 1_000],
  ])('is not sent before Retry-After %j has passed', async (header, milliseconds) => {
    const times: number[] = [];
    const server = await startServer((_request, response) => {
      times.push(clock.time);
      if (times.length > 1) json(response, 200, {});
      else
        json(response, 429, { errorCode: 'CMN-301' }, header === undefined ? {} : { 'retry-after': header });
    });
    const { transport, clock } = transportTo(server);
    const list = { operation: 'listMessages', method: 'GET', uri: '/restapi/v1.0/x' } as const;
    await transport.send(list, readJson);
    expect(times).toEqual([0, milliseconds]);
  });

  test('is not sent inside the time that a server without service asks for', async () => {
    const times: number[] = [];
    const server = await startServer((_request, response) => {
      times.push(clock.time);
      if (times.length > 1) json(response, 200, {});
      else json(response, 503, { errorCode: 'CMN-201' }, { 'retry-after': '60' });
    });
    const { transport, clock } = transportTo(server);
    const remove = { operation: 'deleteMessage', method: 'GET', uri: '/restapi/v1.0/x', once: true } as const;
    expect(await rejection(transport.send(remove, readJson))).toMatchObject({ kind: 'temporary' });
    await transport.send(remove, readJson);
    expect(times).toEqual([0, 60_000]);
  });
});
