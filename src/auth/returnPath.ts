import type { Disposable } from '../util/disposable';

/** A way for the browser to come back with the server's answer, open until it is disposed. */
export interface ReturnPath extends Disposable {
  /** What the server is to send the browser to. */
  readonly redirectUri: string;
  /** The parameters that the browser comes back with. */
  readonly answer: Promise<URLSearchParams>;
}
