import { onTestFinished } from 'vitest';
import { sleep, throwIfCancelled, unlessCancelled } from '../../../src/api/cancellation';
import { HttpClient, type Timeouts } from '../../../src/api/httpClient';
import type { NetworkSettings } from '../../../src/api/network';
import type { Clock } from '../../../src/api/rateLimiter';
import { type TokenSource, Transport, type TransportOptions } from '../../../src/api/transport';
import type { TestServer } from './server';

export const DIRECT: NetworkSettings = {
  noProxy: [],
  strictSSL: true,
  systemCertificates: false,
  useProxy: false,
};

/** For tests in which nothing comes slowly. */
export const UNHURRIED = { patience: 60_000, perSecond: 1_000 };

/** For who asks the name server of this machine, which may be slow to say that it does not know a name. */
export const PATIENT: Timeouts = { connect: 120_000, headers: 60_000, body: 60_000, pace: UNHURRIED };

/** A client that is disposed when the test is finished. */
export function httpClient(network = DIRECT, log?: (line: string) => void, timeouts?: Timeouts): HttpClient {
  const client = new HttpClient(network, log, timeouts);
  onTestFinished(() => client.dispose());
  return client;
}

/** Time passes only by sleeping, and that at once. */
export class FakeClock implements Clock {
  time = 0;
  readonly sleeps: number[] = [];

  readonly now = (): number => this.time;

  readonly sleep: Clock['sleep'] = async (milliseconds, signal) => {
    this.sleeps.push(milliseconds);
    const until = this.time + milliseconds;
    await sleep(0, signal);
    // Several may have slept at the same time.
    this.time = Math.max(this.time, until);
  };
}

export class FakeTokens implements TokenSource {
  readonly refused: string[] = [];
  #number = 1;

  accessToken(): Promise<string> {
    return Promise.resolve(`token-${this.#number}`);
  }

  renew(refused: string): Promise<string> {
    this.refused.push(refused);
    this.#number++;
    return this.accessToken();
  }
}

export interface Setup {
  readonly transport: Transport;
  readonly clock: FakeClock;
  readonly tokens: FakeTokens;
}

/** A transport whose server has both origins in one. */
export function transportTo(server: Pick<TestServer, 'url'>, options: TransportOptions = {}): Setup {
  const clock = new FakeClock();
  const tokens = new FakeTokens();
  const origins = { rest: server.url, media: server.url };
  return { clock, tokens, transport: new Transport(httpClient(), origins, tokens, { clock, ...options }) };
}

/** What `promise` is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was not rejected');
}

/** Time stands still until a test moves it. */
export class ManualClock implements Clock {
  time = 1_000_000;
  /** Every sleep there has been. */
  readonly sleeps: number[] = [];
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  readonly now = (): number => this.time;

  readonly sleep: Clock['sleep'] = async (milliseconds, signal) => {
    throwIfCancelled(signal);
    this.sleeps.push(milliseconds);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const sleeper = { until: this.time + milliseconds, wake: () => resolve(undefined) };
    this.#sleepers.add(sleeper);
    try {
      await unlessCancelled(promise, signal);
    } finally {
      this.#sleepers.delete(sleeper);
    }
  };

  /** Milliseconds until each of the sleepers wakes, soonest first. */
  get pending(): number[] {
    return [...this.#sleepers].map(({ until }) => until - this.time).sort((a, b) => a - b);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const { until, wake } of this.#sleepers) if (until <= this.time) wake();
  }
}
