import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import mime from 'mime';
import { WebSocketServer, type WebSocket } from 'ws';
import { provisionWorkbench } from '../../workbench/provision';
import { shell, type EncodedBytes, type FromShell, type ToShell } from './shell';

/** What VS Code answers a page that may not load a file. */
const UNAUTHORIZED = 401;

/** One webview in the window. */
export interface Frame {
  /** What the frame element in the window is called. */
  readonly name: string;
  /** Says something to VS Code's document around the page, by the names that the workbench uses. */
  send(channel: string, args: unknown): void;
  show(): void;
  focus(): void;
  close(): void;
}

export interface FrameEvents {
  /** Something from VS Code's document around the page, by the names that the workbench knows. */
  hear(channel: string, data: unknown): void;
  /** The folders that the page may load files from. */
  roots(): readonly string[];
}

/**
 * A browser window that shows webviews and nothing else, as the workbench shows them: in VS Code's own document for that,
 * each at an origin of its own, with their files at yet another one.
 */
export class BrowserWindow {
  readonly #frames = new Map<string, FrameEvents & { readonly origin: string }>();
  readonly #servers = new Map<string, Server>();
  readonly #sockets: WebSocketServer;
  #socket: WebSocket | undefined;
  #connected = Promise.withResolvers<void>();
  #count = 0;

  private constructor(
    private readonly webviewFolder: string,
    private readonly window: Server,
    private readonly resources: Server,
  ) {
    this.#sockets = new WebSocketServer({ server: window });
    this.#sockets.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data: Buffer) => {
        const { panel, channel, data: said } = JSON.parse(data.toString()) as FromShell;
        this.#frames.get(panel)?.hear(channel, said);
      });
      this.#connected.resolve();
    });
    resources.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#serveResource(request, response);
    });
  }

  static async open(): Promise<BrowserWindow> {
    const { vscode } = await provisionWorkbench();
    const webviewFolder = path.join(vscode, 'out/vs/workbench/contrib/webview/browser/pre');
    const window = await listen((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(windowHtml);
    });
    return new BrowserWindow(webviewFolder, window, await listen());
  }

  /** The address of the window. */
  get url(): string {
    return originOf(this.window);
  }

  /** From where pages load files, whose paths follow. */
  get resourceOrigin(): string {
    return originOf(this.resources);
  }

  /** Resolves when the window is open in a browser. */
  get connected(): Promise<void> {
    return this.#connected.promise;
  }

  /** Takes all webviews out of the window, which is to be loaded anew. */
  async clear(): Promise<void> {
    this.#connected = Promise.withResolvers();
    this.#socket = undefined;
    this.#frames.clear();
    for (const server of this.#servers.values()) await close(server);
    this.#servers.clear();
  }

  /** Makes a webview, which is not in sight yet. */
  async addFrame(title: string, events: FrameEvents): Promise<Frame> {
    const panel = `panel-${String(++this.#count)}`;
    const server = await listen((request, response) => void this.#serveFrame(request, response));
    const origin = originOf(server);
    this.#servers.set(panel, server);
    this.#frames.set(panel, { ...events, origin });
    const query = new URLSearchParams({
      id: panel,
      origin: panel,
      parentOrigin: this.url,
      platform: 'browser',
      swVersion: '4',
      disableServiceWorker: 'true',
    });
    this.#tell({ what: 'open', panel, title, url: `${origin}/index.html?${query.toString()}` });
    return {
      name: panel,
      send: (channel, args) => this.#tell({ what: 'send', panel, channel, args }),
      show: () => this.#tell({ what: 'show', panel }),
      focus: () => this.#tell({ what: 'focus', panel }),
      close: () => {
        this.#tell({ what: 'close', panel });
        this.#frames.delete(panel);
      },
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    await Promise.all([this.window, this.resources, ...this.#servers.values()].map(close));
  }

  #tell(message: ToShell): void {
    this.#socket?.send(JSON.stringify(message, encodeBytes));
  }

  /** VS Code's own document around a page, and the empty one that it writes the page into. */
  async #serveFrame({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    await sendFile(
      path.join(this.webviewFolder, path.posix.basename(new URL(url, this.url).pathname)),
      response,
    );
  }

  /** A file for the page that asks for it, from the folders that are open to that page alone. */
  async #serveResource({ url = '/', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const asking = headers.origin ?? new URL(headers.referer ?? this.url).origin;
    const file = decodeURIComponent(new URL(url, this.resourceOrigin).pathname);
    const roots = [...this.#frames.values()].find(({ origin }) => origin === asking)?.roots() ?? [];
    response.setHeader('access-control-allow-origin', '*');
    if (roots.some((root) => file.startsWith(`${root}/`))) await sendFile(file, response);
    else response.writeHead(UNAUTHORIZED).end();
  }
}

const windowHtml = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Pages of the extension</title>
<style>
  body { margin: 0; overflow: hidden; }
  iframe { border: none; position: absolute; width: 100%; height: 100%; }
</style>
<body></body>
<script>(${shell.toString()})()</script>
</html>
`;

function encodeBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array
    ? ({ base64Bytes: Buffer.from(value).toString('base64') } satisfies EncodedBytes)
    : value;
}

async function sendFile(file: string, response: ServerResponse): Promise<void> {
  try {
    const { size } = await stat(file);
    const content = await readFile(file);
    const type = mime.getType(file) ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': size, 'cache-control': 'no-store' });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function listen(
  handle?: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
