import { setTimeout } from 'node:timers/promises';
import { CancelledError } from './errors';
import { LONGEST_TIMER } from '../util/timer';

/**
 * Resolves after `milliseconds`.
 * @throws CancelledError as soon as `signal` is aborted
 */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = async (milliseconds, signal) => {
  try {
    await setTimeout(Math.min(milliseconds, LONGEST_TIMER), undefined, signal ? { signal } : {});
  } catch (cause) {
    throw new CancelledError({ cause });
  }
};

/** @throws CancelledError if `signal` is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError({ cause: signal.reason });
}

/**
 * Settles as `work` does, unless `signal` is aborted first; `work` itself goes on then, its outcome unheard.
 * @throws CancelledError as soon as `signal` is aborted
 */
export async function unlessCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = (): void => reject(new CancelledError({ cause: signal.reason }));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
