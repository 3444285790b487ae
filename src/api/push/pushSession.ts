import { errorDetails } from '../errorBody';
import { ApiError, NetworkError } from '../errors';
import { countOf } from '../lenient';
import type { NetworkSettings } from '../network';
import type { Clock } from '../rateLimiter';
import {
  type ClientFrame,
  heartbeat,
  type PushFrame,
  readPushFrame,
  subscriptionRequest,
} from './pushFrames';
import { isRefusal } from './refusal';
import { TextSocket } from './textSocket';

/** Milliseconds without a message after which the server is asked for a sign of life (FACTS, Push). */
const SILENCE = 30_000;

/** Milliseconds to wait for an answer over the connection. */
const ANSWER_TIMEOUT = 10_000;

/** Milliseconds before the server's own end at which we leave, while we can still do so in order. */
const LEAVE_EARLY = 5 * 60_000;

/** Seconds, if the server does not say (FACTS, Push). */
const ABSOLUTE_TIMEOUT = 24 * 60 * 60;
const RECOVERY_TIMEOUT = 180;

export interface PushSessionOptions {
  readonly network: NetworkSettings;
  readonly clock: Clock;
  /** Paths of what is to be told of. All but the first can be done without, if the server refuses them. */
  readonly eventFilters: readonly [string, ...string[]];
  /** Called for each notification, from the very first message on. */
  readonly onNotification: () => void;
  /** Called if the server refuses `eventFilters`, before the first of them is tried alone. */
  readonly onPartlyRefused: (error: unknown) => void;
}

/** One WebSocket connection from its opening to its end; it brings notifications until `ended` resolves. */
export class PushSession {
  readonly #over = new AbortController();
  readonly #ended = Promise.withResolvers<string>();
  readonly #details = Promise.withResolvers<PushFrame>();
  /** What the server is to answer, by the id of the message that asked. */
  readonly #awaited = new Map<string, (answer: PushFrame) => void>();
  readonly #clock: Clock;
  #socket: TextSocket | undefined;
  #heardAt: number;
  /** Aborted by the next message, whichever that is. */
  #signOfLife = new AbortController();
  #recoveryToken: string | undefined;
  #recoveryTimeout = RECOVERY_TIMEOUT;
  #isRecovered = false;

  private constructor(
    private readonly host: string,
    private readonly options: PushSessionOptions,
  ) {
    this.#clock = options.clock;
    this.#heardAt = this.#clock.now();
  }

  /**
   * Connects and subscribes, or takes up the session that `address` names and finds its subscription again.
   * @param address with the token, and perhaps the recovery token, in its query
   * @throws NetworkError if no connection comes about, or it ends at once
   * @throws ApiError if the server refuses the subscription
   * @throws CancelledError if the signal is aborted
   */
  static async open(address: URL, options: PushSessionOptions, signal: AbortSignal): Promise<PushSession> {
    const session = new PushSession(address.host, options);
    const close = (): void => session.close();
    signal.addEventListener('abort', close);
    void session.ended.then(() => signal.removeEventListener('abort', close));
    try {
      await session.#open(address, signal);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** Resolves with the reason when the connection is over; then nothing of it is left running. */
  get ended(): Promise<string> {
    return this.#ended.promise;
  }

  /** Whether nothing was missed since the session before. */
  get isRecovered(): boolean {
    return this.#isRecovered;
  }

  /** With it the session can be taken up again; undefined if the server does not offer that. */
  get recoveryToken(): string | undefined {
    return this.#recoveryToken;
  }

  /** Milliseconds after the end within which that can be done. */
  get recoveryTimeout(): number {
    return this.#recoveryTimeout * 1000;
  }

  close(): void {
    this.#end('closed by us');
  }

  async #open(address: URL, signal: AbortSignal): Promise<void> {
    const listener = {
      onText: (text: string) => this.#hear(text),
      onClose: (reason: string) => this.#end(reason),
    };
    this.#socket = await TextSocket.open(address, this.options.network, listener, signal);
    const { body } = await this.#answer(this.#details.promise);
    this.#recoveryTimeout = countOf(body['recoveryTimeout']) ?? RECOVERY_TIMEOUT;
    this.#isRecovered = body['recoveryState'] === 'Successful';
    if (!this.#isRecovered) await this.#subscribe();
    void this.#keepAlive();
    void this.#leaveInTime((countOf(body['absoluteTimeout']) ?? ABSOLUTE_TIMEOUT) * 1000);
  }

  async #subscribe(): Promise<void> {
    const [needed, ...others] = this.options.eventFilters;
    try {
      await this.#subscribeTo([needed, ...others]);
    } catch (error) {
      if (!isRefusal(error) || others.length === 0) throw error;
      this.options.onPartlyRefused(error);
      await this.#subscribeTo([needed]);
    }
  }

  async #subscribeTo(eventFilters: readonly string[]): Promise<void> {
    const request = subscriptionRequest(eventFilters);
    const answer = Promise.withResolvers<PushFrame>();
    this.#awaited.set(request.messageId, answer.resolve);
    this.#send(request);
    const { status = 200, body } = await this.#answer(answer.promise);
    if (status >= 300) throw new ApiError({ status, ...errorDetails(body) });
  }

  #hear(text: string): void {
    this.#heardAt = this.#clock.now();
    this.#signOfLife.abort();
    const frame = readPushFrame(text);
    if (!frame) return;
    this.#recoveryToken = frame.recoveryToken ?? this.#recoveryToken;
    if (frame.type === 'ConnectionDetails') this.#details.resolve(frame);
    this.#awaited.get(frame.messageId ?? '')?.(frame);
    if (frame.type === 'ServerNotification') this.options.onNotification();
  }

  #send({ text }: ClientFrame): void {
    this.#socket?.send(text);
  }

  #end(reason: string): void {
    this.#over.abort();
    this.#socket?.close();
    this.#ended.resolve(reason);
  }

  /** What `frame` resolves to. @throws NetworkError if the connection ends first, or nothing comes */
  async #answer(frame: Promise<PushFrame>): Promise<PushFrame> {
    const answered = new AbortController();
    const tooLate = async (): Promise<undefined> => {
      await this.#passed(ANSWER_TIMEOUT, answered.signal);
      return undefined;
    };
    const answer = await Promise.race([frame, tooLate()]);
    answered.abort();
    if (answer) return answer;
    const isOver = this.#over.signal.aborted;
    const cause = new Error(isOver ? await this.ended : 'no answer over the WebSocket');
    throw new NetworkError({ host: this.host, failure: isOver ? 'reset' : 'timeout', cause });
  }

  async #keepAlive(): Promise<void> {
    let pause = SILENCE;
    while (await this.#passed(pause)) {
      const silence = this.#clock.now() - this.#heardAt;
      pause = SILENCE;
      // A clock that was set back makes a silence of less than nothing.
      if (silence >= 0 && silence < SILENCE) pause = SILENCE - silence;
      else await this.#ask();
    }
  }

  /** Whoever answers nothing is gone, even if the connection seems open. */
  async #ask(): Promise<void> {
    this.#signOfLife = new AbortController();
    this.#send(heartbeat());
    if (await this.#passed(ANSWER_TIMEOUT, this.#signOfLife.signal)) this.#end('no sign of life');
  }

  async #leaveInTime(lifetime: number): Promise<void> {
    if (await this.#passed(Math.max(lifetime - LEAVE_EARLY, lifetime / 2))) this.#end('time for another one');
  }

  /** Waits; false as soon as the connection is over, or `enough` is aborted. */
  async #passed(milliseconds: number, enough?: AbortSignal): Promise<boolean> {
    const over = AbortSignal.any([this.#over.signal, ...(enough ? [enough] : [])]);
    try {
      await this.#clock.sleep(milliseconds, over);
      return true;
    } catch (error) {
      if (over.aborted) return false;
      throw error;
    }
  }
}
