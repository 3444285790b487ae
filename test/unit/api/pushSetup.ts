import { expect, onTestFinished } from 'vitest';
import { PushConnection, type PushOptions, type PushState } from '../../../src/api/push';
import { Transport } from '../../../src/api/transport';
import type { LoggedRequest } from '../../../src/emulator/requestLog';
import { startTestEmulator, type TestEmulator } from '../emulator/testEmulator';
import { DIRECT, FakeClock, httpClient, ManualClock } from './fakes';

export interface PushSetup {
  readonly emulator: TestEmulator;
  readonly push: PushConnection;
  readonly clock: ManualClock;
  readonly states: readonly PushState[];
  readonly log: readonly string[];
  /** How often the connection told that something changed. */
  readonly notifications: () => number;
  /** Resolves when the state is this one. */
  reached(state: PushState): Promise<void>;
  /** What asked for a WebSocket so far. */
  upgrades(): Promise<LoggedRequest[]>;
}

/** An emulator and a connection to it, which the test moves through time; both end with the test. */
export async function startPush(
  prepare: (emulator: TestEmulator) => Promise<void> = () => Promise.resolve(),
  options: Partial<PushOptions> = {},
): Promise<PushSetup> {
  const emulator = await startTestEmulator();
  await prepare(emulator);
  const { url, mediaUrl } = emulator.emulator;
  const token = (): Promise<string> => Promise.resolve(emulator.accessToken);
  const tokens = { accessToken: token, renew: token };
  const origins = { rest: url, media: mediaUrl };
  const transport = new Transport(httpClient(), origins, tokens, { clock: new FakeClock() });
  const clock = new ManualClock();
  const log: string[] = [];
  const push = new PushConnection(transport, {
    rest: url,
    network: () => DIRECT,
    clock,
    random: () => 1,
    log: (line) => log.push(line),
    ...options,
  });
  const states: PushState[] = [];
  let notifications = 0;
  push.onDidChangeState((state) => states.push(state));
  push.onDidNotify(() => notifications++);
  onTestFinished(() => push.dispose());
  return {
    emulator,
    push,
    clock,
    states,
    log,
    notifications: () => notifications,
    reached: (state) => expect.poll(() => push.state).toBe(state),
    upgrades: async () => (await emulator.admin.requests()).filter(({ path }) => path === '/ws'),
  };
}

/** As `startPush`, connected; the first notification, that something may have happened before, is counted already. */
export async function startConnected(): Promise<PushSetup> {
  const setup = await startPush();
  await setup.reached('connected');
  expect(setup.notifications()).toBe(1);
  return setup;
}
