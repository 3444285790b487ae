import { authorizationRequest, type CodeGrant } from '../api/authorization';
import { unlessCancelled } from '../api/cancellation';
import { BrowserSignInError } from '../api/errors';
import type { ReturnPath } from './returnPath';
import type { AppCredential } from './signIn';

/** Milliseconds; people look for their password, and for the second factor. */
const TIMEOUT = 300_000;

/** How the browser is to come back: through the editor, or to an address of this machine. */
export type Way = 'editor' | 'loopback';

/** What the round trip needs of the editor around it. */
export interface BrowserHost {
  /** Opens a page in the user's browser; false if the user, or the system, would not have it. */
  openPage(url: string): Promise<boolean>;
  /** The return through the editor; undefined where that does not work. */
  editorReturn(): Promise<ReturnPath | undefined>;
  /** @throws BrowserSignInError if the port is taken */
  loopbackReturn(): Promise<ReturnPath>;
}

/**
 * Sends the user to the server's page in the browser and waits for what comes back. There is one at a time: who starts
 * another has given up the one before.
 */
export class BrowserRoundTrip {
  #current = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #loopback = Promise.withResolvers<undefined>();

  constructor(
    private readonly host: BrowserHost,
    private readonly timeout = TIMEOUT,
  ) {}

  /** While the browser is to come back through the editor, lets it come back by a local address instead. */
  returnByLoopback(): void {
    this.#loopback.resolve(undefined);
  }

  /**
   * @param onWaiting told each time that the browser has been opened, with the way it is to come back
   * @throws BrowserSignInError if nothing comes back in time, or not what should
   * @throws CancelledError if `signal` is aborted, or another sign-in begun
   */
  authorize(
    app: AppCredential,
    signal?: AbortSignal,
    onWaiting: (way: Way) => void = () => undefined,
  ): Promise<CodeGrant> {
    this.#current.abort();
    this.#current = new AbortController();
    const ended = AbortSignal.any([this.#current.signal, ...(signal ? [signal] : [])]);
    // The one before gives back the port first.
    const running = this.#running.then(() => this.#authorize(app, ended, onWaiting));
    this.#running = running.catch(() => undefined);
    return running;
  }

  async #authorize(
    app: AppCredential,
    ended: AbortSignal,
    onWaiting: (way: Way) => void,
  ): Promise<CodeGrant> {
    this.#loopback = Promise.withResolvers();
    const instead = this.#loopback.promise;
    const editorReturn = await this.host.editorReturn();
    const grant =
      editorReturn && (await this.#go(app, editorReturn, ended, () => onWaiting('editor'), instead));
    return (
      grant ?? (await this.#go(app, await this.host.loopbackReturn(), ended, () => onWaiting('loopback')))
    );
  }

  #go(app: AppCredential, path: ReturnPath, ended: AbortSignal, onWaiting: () => void): Promise<CodeGrant>;
  /** @returns undefined if `instead` comes first */
  #go(
    app: AppCredential,
    path: ReturnPath,
    ended: AbortSignal,
    onWaiting: () => void,
    instead: Promise<undefined>,
  ): Promise<CodeGrant | undefined>;
  async #go(
    { server, clientId }: AppCredential,
    path: ReturnPath,
    ended: AbortSignal,
    onWaiting: () => void,
    instead?: Promise<undefined>,
  ): Promise<CodeGrant | undefined> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.timeout);
    const signal = AbortSignal.any([ended, late.signal]);
    try {
      const request = await authorizationRequest(server.rest, clientId, path.redirectUri);
      const returned = path.answerTo((parameters) => request.isAnswer(parameters));
      if (!(await unlessCancelled(this.host.openPage(request.url), signal))) {
        throw new BrowserSignInError('notOpened');
      }
      onWaiting();
      const back = instead ? Promise.race([returned, instead]) : returned;
      const answer = await unlessCancelled(back, signal);
      return answer && request.accept(answer);
    } catch (error) {
      throw late.signal.aborted && !ended.aborted
        ? new BrowserSignInError('timeout', path.redirectUri)
        : error;
    } finally {
      clearTimeout(timer);
      path.dispose();
    }
  }
}
