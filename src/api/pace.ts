import { NetworkError } from './errors';

/** How slowly a body may come: a network is slow at times, but never for so long. */
export interface Pace {
  /** Milliseconds that are waited for whatever comes. */
  readonly patience: number;
  /** Bytes for which a second more is waited. */
  readonly perSecond: number;
}

/**
 * The parts of a body, as long as they come at that pace. Only the waiting for them counts, not what is done with them.
 * @throws NetworkError if they do not
 */
export async function* atPace(
  body: AsyncIterable<Uint8Array>,
  { patience, perSecond }: Pace,
  host: string,
): AsyncIterable<Uint8Array> {
  let waited = 0;
  let received = 0;
  let asked = performance.now();
  for await (const part of body) {
    waited += performance.now() - asked;
    received += part.byteLength;
    if (waited > patience + (received / perSecond) * 1000) {
      throw new NetworkError({
        host,
        failure: 'timeout',
        cause: new Error(`${received} bytes in ${Math.round(waited)} ms`),
      });
    }
    yield part;
    asked = performance.now();
  }
}
