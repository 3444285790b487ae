import { describe, expect, test } from 'vitest';
import { sleep } from '../../../src/api/cancellation';
import { CancelledError } from '../../../src/api/errors';
import { RateLimiter } from '../../../src/api/rateLimiter';
import { FakeClock, rejection } from './fakes';

function setUp(limit = 3): {
  limiter: RateLimiter;
  clock: FakeClock;
  enter: (signal?: AbortSignal) => Promise<void>;
  background: () => Promise<void>;
} {
  const clock = new FakeClock();
  const limiter = new RateLimiter(limit, clock);
  return {
    limiter,
    clock,
    enter: (signal) => limiter.enter(signal, () => undefined),
    background: () => limiter.enter(undefined, () => undefined, 'background'),
  };
}

/** How many of `entries` have come to pass, once all that can happen by itself has happened. */
async function passed(entries: readonly Promise<void>[]): Promise<number> {
  let count = 0;
  for (const entry of entries) void entry.then(() => count++);
  // Timers of one duration fire in the order in which they were set: those of the clock come first.
  for (let turn = 0; turn < 3; turn++) await sleep(0);
  return count;
}

describe('a rate limiter', () => {
  test('lets no more requests be in flight than remain', async () => {
    const { limiter, enter } = setUp();
    const entries = Array.from({ length: 5 }, () => enter());
    expect(await passed(entries)).toBe(3);
    limiter.learn({ limit: 3, remaining: 2, window: 60 });
    limiter.leave();
    expect(await passed(entries)).toBe(3);
    limiter.learn({ limit: 3, remaining: 2, window: 60 });
    limiter.leave();
    expect(await passed(entries)).toBe(4);
  });

  test('waits for the next window when none remain, then allows as many as the limit', async () => {
    const { limiter, clock, enter } = setUp();
    await enter();
    limiter.learn({ limit: 2, remaining: 0, window: 30 });
    limiter.leave();
    const entries = Array.from({ length: 3 }, () => enter());
    await Promise.all(entries.slice(0, 2));
    expect(clock.sleeps).toContain(30_000);
    expect(await passed(entries)).toBe(2);
  });

  test('allows a single request after a penalty until it is answered', async () => {
    const { limiter, clock, enter } = setUp();
    await enter();
    limiter.penalize(60);
    limiter.leave();
    const entries = Array.from({ length: 3 }, () => enter());
    await entries[0];
    expect(clock.time).toBeGreaterThanOrEqual(60_000);
    expect(await passed(entries)).toBe(1);
    limiter.learn({ limit: 50, remaining: 49, window: 60 });
    limiter.leave();
    expect(await passed(entries)).toBe(3);
  });

  test('keeps a penalty when a shorter one follows', async () => {
    const { limiter, clock, enter } = setUp();
    limiter.penalize(60);
    limiter.penalize(10);
    await enter();
    expect(clock.time).toBe(60_000);
  });

  test('allows the next request when one fails without an answer', async () => {
    const { limiter, enter } = setUp(1);
    await enter();
    const next = enter();
    expect(await passed([next])).toBe(0);
    limiter.leave();
    expect(await passed([next])).toBe(1);
  });

  test('rejects a request that is cancelled while it waits or before', async () => {
    const { limiter, enter } = setUp(1);
    await enter();
    const controller = new AbortController();
    const waiting = rejection(enter(controller.signal));
    controller.abort();
    expect(await waiting).toBeInstanceOf(CancelledError);
    limiter.penalize(60);
    expect(await rejection(enter(controller.signal))).toBeInstanceOf(CancelledError);
  });
});

describe('background requests', () => {
  const full = { limit: 8, remaining: 7, window: 60 };

  test('leave a quarter of the limit to requests of the user', async () => {
    const { enter, background } = setUp(8);
    expect(await passed(Array.from({ length: 8 }, () => background()))).toBe(6);
    expect(await passed(Array.from({ length: 3 }, () => enter()))).toBe(2);
  });

  test('wait while a request of the user waits', async () => {
    const { limiter, enter, background } = setUp(8);
    await Promise.all(Array.from({ length: 8 }, () => enter()));
    const behind = background();
    const user = enter();
    expect(await passed([user, behind])).toBe(0);
    for (let answer = 0; answer < 2; answer++) {
      limiter.learn(full);
      limiter.leave();
    }
    expect(await passed([user])).toBe(1);
    expect(await passed([behind])).toBe(0);
    for (let answer = 0; answer < 3; answer++) {
      limiter.learn(full);
      limiter.leave();
    }
    expect(await passed([behind])).toBe(1);
  });

  test('go on when the waiting request of the user is cancelled', async () => {
    const { limiter, clock, enter, background } = setUp(2);
    await Promise.all([enter(), enter()]);
    const cancel = new AbortController();
    const user = rejection(enter(cancel.signal));
    const behind = background();
    limiter.learn({ limit: 100, remaining: 0, window: 1 });
    limiter.leave();
    cancel.abort();
    expect(await user).toBeInstanceOf(CancelledError);
    await behind;
    expect(clock.time).toBe(1_000);
  });

  test('wait for the next window when only the quarter of the user remains', async () => {
    const { limiter, clock, enter, background } = setUp(8);
    await background();
    limiter.learn({ limit: 8, remaining: 2, window: 60 });
    limiter.leave();
    const behind = background();
    await enter();
    expect(clock.time).toBe(0);
    limiter.learn({ limit: 8, remaining: 1, window: 60 });
    limiter.leave();
    await behind;
    expect(clock.time).toBe(60_000);
  });

  test('are limited to a single one after a penalty', async () => {
    const { limiter, background } = setUp(8);
    limiter.penalize(60);
    const entries = [background(), background()];
    await entries[0];
    expect(await passed(entries)).toBe(1);
    limiter.learn(full);
    limiter.leave();
    expect(await passed(entries)).toBe(2);
  });
});
