import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

import { ACCOUNT_ID } from '../account';
import { SECOND } from '../clock';
import type { EmulatorContext } from '../context';
import { isShared } from '../filter';
import type { MailboxEvent } from '../mailbox';
import type { Session } from '../oauth/sessions';
import { RequestError, resourceNotFound } from '../requestError';
import { API_PATH } from '../wire';
import { createSubscription, subscriptionInfo } from './createSubscription';
import {
  type ClientFrame,
  frame,
  notificationFrame,
  readFrame,
  storeChangesBody,
  type SubscribedEvent,
} from './frames';
import {
  ABSOLUTE_TIMEOUT,
  IDLE_TIMEOUT,
  PushSession,
  RECOVERY_BUFFER_SIZE,
  RECOVERY_TIMEOUT,
} from './pushSession';
import { sumUp } from './storeChanges';
import { WebSocketTokens } from './webSocketTokens';

const PATH = '/ws';
const LARGEST_FRAME = 64 * 1024;
const MOST_CONNECTIONS = 5;

/** Close codes of RFC 6455. */
const NORMAL = 1000;
const GOING_AWAY = 1001;

type Parts = Pick<
  EmulatorContext,
  'clock' | 'mailbox' | 'permissions' | 'features' | 'deviations' | 'faults' | 'log' | 'settings' | 'wire'
>;

/** Notifications over WebSocket (FACTS, Push; the frames as RingCentral's developer guide shows them). */
export class PushServer {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  readonly #tokens: WebSocketTokens;
  readonly #stopping = new AbortController();
  readonly #sockets = new Set<Duplex>();
  #sessions: PushSession[] = [];
  #events: MailboxEvent[] = [];

  /** @param origin the REST origin */
  constructor(
    private readonly origin: string,
    private readonly parts: Parts,
  ) {
    this.#tokens = new WebSocketTokens(parts.clock);
    parts.mailbox.onDidChange((event) => this.#collect(event));
  }

  /** Where clients connect. */
  get uri(): string {
    return `${this.origin.replace(/^http/, 'ws')}${PATH}`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sessions.filter(({ socket }) => socket).length;
  }

  issueToken(session: Session): string {
    return this.#tokens.issue(session);
  }

  /** Answers the request for a WebSocket connection; faults may be waiting for it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that goes away in the middle is no matter of ours.
    socket.on('error', () => socket.destroy());
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#upgrade(request, socket, head).catch(() => socket.destroy());
  }

  /** Ends what has lasted too long; to be called whenever time may have passed. */
  age(): void {
    const now = this.parts.clock.now();
    for (const { socket, openedAt } of this.#sessions) {
      if (socket?.readyState !== WebSocket.OPEN || now - openedAt < ABSOLUTE_TIMEOUT) continue;
      const error = { errorCode: 'WSG-903', message: 'Absolute timeout expired' };
      socket.send(frame('Error', { status: 403 }, error));
      socket.close(GOING_AWAY);
    }
    this.#sessions = this.#sessions.filter(
      ({ socket, endedAt }) => socket !== undefined || now - endedAt < RECOVERY_TIMEOUT,
    );
  }

  /** Ends all connections, as agreed or by breaking off; gives how many there were. */
  drop(closeFrame: boolean): number {
    const sockets = this.#sessions.flatMap(({ socket }) => socket ?? []);
    for (const socket of sockets) {
      if (closeFrame) socket.close(NORMAL);
      else socket.terminate();
    }
    return sockets.length;
  }

  /** Ends all connections, those that are still being opened included. */
  stop(): void {
    this.#stopping.abort();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { faults, log, clock } = this.parts;
    const url = new URL(`${this.origin}${request.url ?? '/'}`);
    const logged = log.add('rest', 'GET', url, request.headers, Buffer.of(), clock.now());
    const refuse = (status: number): void => {
      logged.status = status;
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    const fault = faults.take('GET', url.pathname + url.search);
    if (fault?.kind === 'delay') {
      await setTimeout(fault.milliseconds, undefined, { signal: this.#stopping.signal });
    } else if (fault && fault.kind !== 'error') {
      socket.destroy();
      return;
    }
    const owner = this.#tokens.redeem(url.searchParams.get('access_token') ?? '');
    if (fault?.kind === 'error' || url.pathname !== PATH || !owner) {
      refuse(fault?.kind === 'error' ? fault.status : url.pathname === PATH ? 401 : 404);
      return;
    }
    logged.status = 101;
    this.#server.handleUpgrade(request, socket, head, (connection) =>
      this.#open(connection, owner, url.searchParams.get('wsc') ?? undefined),
    );
  }

  #open(socket: WebSocket, owner: Session, wsc: string | undefined): void {
    const { clock } = this.parts;
    this.age();
    const known = wsc === undefined ? undefined : this.#sessions.find((session) => session.wsc.token === wsc);
    const recoveryErrorCode = recoveryError(known, owner);
    const session = known && !recoveryErrorCode ? known : new PushSession(owner);
    if (session !== known) this.#sessions.push(session);
    session.attach(socket, clock.now());
    // A frame that is no WebSocket frame ends the connection; there is nobody to tell.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => this.#answer(session, socket, data.toString()));
    socket.on('close', () => {
      if (session.socket === socket) session.detach(clock.now());
    });
    const recovery = recoveryErrorCode
      ? { recoveryState: 'Failed', recoveryErrorCode }
      : { recoveryState: 'Successful' };
    socket.send(
      frame(
        'ConnectionDetails',
        { wsc: session.wsc },
        {
          creationTime: new Date(clock.now()).toISOString(),
          maxConnectionsPerSession: MOST_CONNECTIONS,
          recoveryBufferSize: RECOVERY_BUFFER_SIZE,
          recoveryTimeout: RECOVERY_TIMEOUT / SECOND,
          idleTimeout: IDLE_TIMEOUT / SECOND,
          absoluteTimeout: ABSOLUTE_TIMEOUT / SECOND,
          ...(wsc !== undefined && recovery),
        },
      ),
    );
    session.catchUp();
  }

  #answer(session: PushSession, socket: WebSocket, text: string): void {
    this.age();
    if (this.parts.settings.silentPush) return;
    const message = readFrame(text);
    const messageId = message?.messageId;
    switch (message?.type) {
      case 'Heartbeat':
        socket.send(frame('Heartbeat', { messageId }));
        return;
      case 'ClientRequest':
        socket.send(this.#request(session, message));
        return;
      default: {
        const error = { errorCode: 'WSG-400', message: 'The message cannot be understood.' };
        socket.send(frame('Error', { messageId, status: 400 }, error));
      }
    }
  }

  #request(session: PushSession, { messageId, method, path, body }: ClientFrame): string {
    try {
      if (
        method !== 'POST' ||
        typeof path !== 'string' ||
        path.replace(/\/$/, '') !== `${API_PATH}/subscription`
      ) {
        throw resourceNotFound('path');
      }
      this.parts.permissions.require({ app: 'ReadMessages', user: 'ReadMessages' }, session.owner.scope);
      const subscription = createSubscription(body, this.parts);
      session.subscriptions.push(subscription);
      return frame('ClientRequest', { messageId }, subscriptionInfo(subscription, this.origin));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return frame('ClientRequest', { messageId, status: error.status }, error.body);
    }
  }

  /** One request, or one step of the clock, makes one notification, however many messages it is about. */
  #collect(event: MailboxEvent): void {
    this.#events.push(event);
    if (this.#events.length === 1) queueMicrotask(() => this.#notify());
  }

  #notify(): void {
    const { clock, wire } = this.parts;
    const events = this.#events.splice(0);
    const [sharedSms, others] = partition(events, isSharedSms);
    if (others.length > 0) {
      this.#tell('messageStore', storeChangesBody(sumUp(others, clock.now()), ACCOUNT_ID));
    }
    for (const { message } of sharedSms) {
      this.#tell('sharedSms', { ...wire.record(message), id: message.id });
    }
  }

  #tell(event: SubscribedEvent, body: object): void {
    const { clock, settings } = this.parts;
    for (const session of this.#sessions) {
      for (const subscription of session.subscriptions) {
        if (!subscription.events.includes(event)) continue;
        session.notify(notificationFrame(subscription, event, body, clock.now()), settings.silentPush);
      }
    }
  }
}

/** SMS to a call queue, which are told of by an event of their own (FACTS, Seen in RingCentral's own client). */
function isSharedSms({ message }: MailboxEvent): boolean {
  return message.type === 'SMS' && isShared(message);
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** Why `known` cannot be gone on with: not there (any longer), without a subscription, or another's. */
function recoveryError(known: PushSession | undefined, owner: Session): string | undefined {
  if (!known) return 'WSG-1001';
  if (known.owner.id !== owner.id) return 'WSG-1003';
  return known.subscriptions.length === 0 ? 'WSG-1005' : undefined;
}
