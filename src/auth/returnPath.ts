import type { Disposable } from '../util/disposable';

/** Whether what the browser came with is the answer that is waited for: any web page can send it there, with anything. */
export type IsAnswer = (parameters: URLSearchParams) => boolean;

/** A way for the browser to come back with the server's answer, open until it is disposed. */
export interface ReturnPath extends Disposable {
  /** What the server is to send the browser to. */
  readonly redirectUri: string;
  /** Waits for the parameters that the browser comes back with; whatever is no answer is passed over. */
  answerTo(isAnswer: IsAnswer): Promise<URLSearchParams>;
}
