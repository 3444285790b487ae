import { createServer, type ServerResponse } from 'node:http';
import { BrowserSignInError } from '../api/errors';
import type { IsAnswer, ReturnPath } from './returnPath';

const HOST = '127.0.0.1';
const PATH = '/callback';

/** Milliseconds for a request; and how many may be under way: a browser sends one. */
const TIMEOUT = 10_000;
const MOST_CONNECTIONS = 16;

/** What the page says that the browser ends up on. */
export interface ClosingPage {
  readonly title: string;
  readonly text: string;
}

/** The address that the browser returns to on this machine. */
export function loopbackAddress(port: number): string {
  return `http://${HOST}:${port}${PATH}`;
}

/**
 * Listens on this machine for the browser's return, once. RingCentral sends it to registered addresses only, so the port
 * is not just any (RFC 8252, 7.3, would have it otherwise).
 * @throws BrowserSignInError if the port is taken
 */
export async function listenForReturn(port: number, page: ClosingPage): Promise<ReturnPath> {
  const { promise: answer, resolve } = Promise.withResolvers<URLSearchParams>();
  let isAnswer: IsAnswer = () => false;
  const server = createServer({ headersTimeout: TIMEOUT, requestTimeout: TIMEOUT }, (request, response) => {
    const url = URL.parse(request.url ?? '', `http://${HOST}:${port}`);
    // A page of the web that is shown under another name is none of those that the server sends here.
    const isHere = request.headers.host === `${HOST}:${port}` && request.method === 'GET';
    if (!isHere || url?.pathname !== PATH || !isAnswer(url.searchParams)) {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    writePage(response, page);
    server.close();
    resolve(url.searchParams);
  });
  server.maxConnections = MOST_CONNECTIONS;
  const listening = Promise.withResolvers<undefined>();
  server.once('error', listening.reject);
  try {
    server.listen(port, HOST, () => listening.resolve(undefined));
    await listening.promise;
  } catch (cause) {
    throw new BrowserSignInError('portTaken', String(port), { cause });
  }
  return {
    redirectUri: loopbackAddress(port),
    answerTo: (is) => {
      isAnswer = is;
      return answer;
    },
    dispose: () => {
      server.close();
      // A page that is being sent is not cut off.
      server.closeIdleConnections();
    },
  };
}

function writePage(response: ServerResponse, { title, text }: ClosingPage): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    // The address holds the code.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(
    `<!doctype html>\n<html>\n<head><meta charset="utf-8"><title>${escaped(title)}</title></head>\n` +
      `<body><h1>${escaped(title)}</h1><p>${escaped(text)}</p></body>\n</html>\n`,
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
