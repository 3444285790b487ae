import { parseJson } from '../../src/api/json';
import type { Emulator } from '../../src/emulator/emulator';
import type { Difference, Optional, Refusal } from '../../src/emulator/deviations';
import type { Feature } from '../../src/emulator/features';
import type { LoggedRequest } from '../../src/emulator/requestLog';

/** A record as it came over the wire, ids beyond 2^53 as strings. */
export type WireRecord = Readonly<Record<string, unknown>> & { readonly id: number };

export interface FaultOptions {
  readonly kind?: 'error' | 'reset' | 'lostAnswer' | 'truncate' | 'delay';
  readonly count?: number;
  readonly skip?: number;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly errorCode?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly milliseconds?: number;
  readonly bytes?: number;
}

export interface DeviationOptions {
  readonly refused?: Partial<Readonly<Record<Optional, Refusal>>>;
  readonly differences?: readonly Difference[];
  readonly mostRecords?: number;
}

export interface EmulatorState {
  readonly now: string;
  readonly sessions: number;
  /** WebSocket connections that are open. */
  readonly pushConnections: number;
  readonly retentionPeriod: number;
  readonly messages: readonly {
    readonly id: string;
    readonly type?: string;
    readonly availability: string;
    readonly readStatus?: string;
    readonly conversationId?: string;
  }[];
}

/** The admin surface of a running emulator, for tests: one method for each of its routes. */
export class EmulatorAdmin {
  constructor(private readonly emulator: Pick<Emulator, 'url' | 'adminToken'>) {}

  /** Delivers one message and gives its record; `fields` as the emulator's `buildMessage` describes them. */
  async deliver(fields: Readonly<Record<string, unknown>> = {}): Promise<WireRecord> {
    const [record] = await this.deliverAll([fields]);
    if (!record) throw new Error('Nothing was delivered.');
    return record;
  }

  async deliverAll(fields: readonly Readonly<Record<string, unknown>>[]): Promise<readonly WireRecord[]> {
    const { records } = (await this.#post('deliver', fields)) as { records: WireRecord[] };
    return records;
  }

  async change(id: number | string, fields: Readonly<Record<string, unknown>>): Promise<WireRecord> {
    return (await this.#post('change', { ...fields, id: String(id) })) as WireRecord;
  }

  async expireTokens(which: 'access' | 'refresh' | 'all'): Promise<void> {
    await this.#post('expire-tokens', { which });
  }

  async invalidateSyncTokens(errorCode: 'CMN-101' | 'MSG-333' | 'MSG-411' = 'CMN-101'): Promise<void> {
    await this.#post('invalidate-sync-tokens', { errorCode });
  }

  async fail(options: FaultOptions): Promise<void> {
    await this.#post('fail', options);
  }

  async clearFaults(): Promise<void> {
    await this.#post('clear-faults', {});
  }

  async advanceClock(seconds: number): Promise<void> {
    await this.#post('advance-clock', { seconds });
  }

  async setPermissions(
    permissions: Partial<Record<'app' | 'user', Readonly<Record<string, boolean>>>>,
  ): Promise<void> {
    await this.#post('permissions', permissions);
  }

  async setFeatures(features: Partial<Record<Feature, boolean>>): Promise<void> {
    await this.#post('features', features);
  }

  /** How the server differs from the documented one from now on; not at all by default. */
  async deviate(deviations: DeviationOptions = {}): Promise<void> {
    await this.#post('deviations', deviations);
  }

  async setRateLimits(options: {
    readonly enabled?: boolean;
    readonly limits?: Readonly<Record<string, number>>;
    readonly windowSeconds?: number;
    readonly penaltySeconds?: number;
  }): Promise<void> {
    await this.#post('rate-limits', options);
  }

  async changeSettings(settings: {
    refreshTokens?: boolean;
    surplusRecords?: number;
    silentPush?: boolean;
    ranges?: boolean;
  }): Promise<void> {
    await this.#post('settings', settings);
  }

  /** Ends all WebSocket connections; gives how many there were. */
  async dropConnections({ closeFrame = false } = {}): Promise<number> {
    const { dropped } = (await this.#post('drop-connections', { closeFrame })) as { dropped: number };
    return dropped;
  }

  async state(): Promise<EmulatorState> {
    return (await this.#post('state', {})) as EmulatorState;
  }

  /** How many messages are unread and not deleted. */
  async unreadCount(): Promise<number> {
    const { messages } = await this.state();
    return messages.filter(
      ({ availability, readStatus }) => availability === 'Alive' && readStatus === 'Unread',
    ).length;
  }

  /** The requests received since the start or the last `resetRequests`, oldest first. */
  async requests(): Promise<readonly LoggedRequest[]> {
    const { requests } = (await this.#post('requests', {})) as { requests: LoggedRequest[] };
    return requests;
  }

  async resetRequests(): Promise<void> {
    await this.#post('requests/reset', {});
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.emulator.url}/emulator/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.emulator.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The emulator refused ${path}: ${response.status} ${text}`);
    return parseJson(text);
  }
}
