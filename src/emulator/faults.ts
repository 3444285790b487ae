/** What goes wrong with a request. */
export type Fault =
  | {
      /** Answered with this error instead of being done. */
      readonly kind: 'error';
      readonly status: number;
      readonly errorCode: string;
      readonly message: string;
      readonly headers: Readonly<Record<string, string>>;
      /** Sent as it is, in place of a JSON error body. */
      readonly body?: string;
    }
  /** The connection is reset before anything is done. */
  | { readonly kind: 'reset' }
  /** It is done, and the connection is reset before the answer. */
  | { readonly kind: 'lostAnswer' }
  /** It is done, and the connection ends after so many bytes of the answer's body; in its middle if `bytes` is missing. */
  | { readonly kind: 'truncate'; readonly bytes?: number }
  /** It is done after this many ms. */
  | { readonly kind: 'delay'; readonly milliseconds: number };

/** Which requests a fault is for. */
export interface FaultTarget {
  readonly fault: Fault;
  /** How many requests it hits. */
  readonly count: number;
  /** How many it lets pass before. */
  readonly skip: number;
  readonly method?: string | undefined;
  /** A part of the path and query. */
  readonly path?: string | undefined;
}

/** Faults that wait for their requests, in the order in which they were planned. */
export class Faults {
  #planned: { readonly target: FaultTarget; skip: number; count: number }[] = [];

  plan(target: FaultTarget): void {
    if (target.count > 0) this.#planned.push({ target, skip: target.skip, count: target.count });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault for this request, if one waits for it; it has then one request less to hit. */
  take(method: string, path: string): Fault | undefined {
    for (const planned of this.#planned) {
      const { target } = planned;
      if (target.method !== undefined && target.method !== method) continue;
      if (target.path !== undefined && !path.includes(target.path)) continue;
      if (planned.skip > 0) {
        planned.skip--;
        continue;
      }
      planned.count--;
      this.#planned = this.#planned.filter(({ count }) => count > 0);
      return target.fault;
    }
    return undefined;
  }
}
