import type { TokenSource } from '../../../src/api/transport';

/** A request that waits for its access token. */
export interface HeldRequest {
  /** Resolves when it waits. */
  readonly waits: Promise<void>;
  readonly release: () => void;
}

/** Lets a test hold requests back where they wait for an access token, before or after they are sent. */
export class TokenGate {
  #next:
    | {
        readonly call: keyof TokenSource;
        readonly isIt: () => boolean;
        readonly reached: PromiseWithResolvers<undefined>;
        readonly released: PromiseWithResolvers<undefined>;
      }
    | undefined;

  readonly tokens = (source: TokenSource): TokenSource => ({
    accessToken: async (signal) => {
      await this.#pass('accessToken');
      return source.accessToken(signal);
    },
    renew: async (refused, signal) => {
      await this.#pass('renew');
      return source.renew(refused, signal);
    },
  });

  /** Holds back the next `call` for which `isIt` is true when it comes. */
  hold(call: keyof TokenSource, isIt: () => boolean = () => true): HeldRequest {
    const [reached, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    this.#next = { call, isIt, reached, released };
    return { waits: reached.promise, release: () => released.resolve(undefined) };
  }

  async #pass(call: keyof TokenSource): Promise<void> {
    const next = this.#next;
    if (next?.call !== call || !next.isIt()) return;
    this.#next = undefined;
    next.reached.resolve(undefined);
    await next.released.promise;
  }
}
