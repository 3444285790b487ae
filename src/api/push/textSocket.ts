import { WebSocket } from 'ws';
import { CancelledError, NetworkError, type NetworkFailure } from '../errors';
import { type NetworkSettings, proxyFor } from '../network';
import { networkFailure } from '../networkFailure';
import { openConnection, ProxyRefusal } from './tunnel';

/** Milliseconds, from the first packet to the agreed WebSocket. */
const CONNECT_TIMEOUT = 15_000;

/** Bytes; a notification has a few hundred. */
const LARGEST_MESSAGE = 1024 * 1024;

const NORMAL_CLOSURE = 1000;

export interface TextSocketListener {
  readonly onText: (text: string) => void;
  /** Called once, unless it was we who closed. */
  readonly onClose: (reason: string) => void;
}

/** A WebSocket that carries texts, opened as the user's network needs it. The only file of the client that touches ws. */
export class TextSocket {
  private constructor(private readonly socket: WebSocket) {}

  /**
   * @param url `wss:` or `ws:`; its query may hold a secret, which no error repeats
   * @throws NetworkError if the connection cannot be had, by whatever is in between
   * @throws CancelledError if the signal is aborted
   */
  static async open(
    url: URL,
    network: NetworkSettings,
    listener: TextSocketListener,
    signal: AbortSignal,
    timeout = CONNECT_TIMEOUT,
  ): Promise<TextSocket> {
    const httpUrl = new URL(url);
    httpUrl.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
    const deadline = AbortSignal.timeout(timeout);
    const ending = AbortSignal.any([signal, deadline]);
    try {
      const connection = await openConnection(httpUrl, network, ending);
      const socket = new WebSocket(ipcUrl(url), {
        createConnection: () => connection,
        perMessageDeflate: false,
        maxPayload: LARGEST_MESSAGE,
        headers: { host: url.host, 'user-agent': 'ringcentral-mailbox' },
      });
      await agreed(socket, listener, ending);
      return new TextSocket(socket);
    } catch (cause) {
      if (signal.aborted) throw new CancelledError({ cause });
      const failure = deadline.aborted ? 'timeout' : failureOf(cause);
      throw new NetworkError({ host: url.host, failure, proxy: proxyHost(httpUrl, network), cause });
    }
  }

  send(text: string): void {
    this.socket.send(text);
  }

  /** Says goodbye as far as that takes no time, and leaves nothing open. */
  close(): void {
    this.socket.removeAllListeners('message').removeAllListeners('close');
    this.socket.close(NORMAL_CLOSURE);
    this.socket.terminate();
  }
}

/**
 * The address as if it were that of a Unix domain socket, which VS Code's proxy agent lets pass. The agent replaces `request` of
 * Node's own modules for all extensions: it would ignore `createConnection`, open a connection of its own, and log the address
 * with the token in it. The path of the socket, before the colon, is never used, because the connection is given.
 */
function ipcUrl({ pathname, search }: URL): URL {
  return new URL(`ws+unix:/:${`${pathname}${search}`.replaceAll(':', '%3A')}`);
}

/** Resolves when the server has agreed; from then on `listener` hears of everything. */
function agreed(socket: WebSocket, listener: TextSocketListener, ending: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(ending.reason as Error);
      socket.terminate();
    };
    ending.addEventListener('abort', giveUp);
    if (ending.aborted) giveUp();
    let lastError = '';
    socket.on('error', (error) => {
      lastError = error.message;
      reject(error);
    });
    socket.on('open', () => {
      ending.removeEventListener('abort', giveUp);
      socket.on('close', (code) => listener.onClose(lastError || `closed with code ${code}`));
      resolve();
    });
    socket.on('close', () => ending.removeEventListener('abort', giveUp));
    // One buffer is what ws makes of a message unless it is told otherwise.
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) listener.onText(data.toString());
    });
  });
}

function failureOf(cause: unknown): NetworkFailure {
  return cause instanceof ProxyRefusal ? 'proxy' : networkFailure(cause);
}

function proxyHost(url: URL, network: NetworkSettings): string | undefined {
  try {
    return proxyFor(url, network, process.env)?.host;
  } catch {
    // The proxy's own address is not one, which the error tells already.
    return undefined;
  }
}
