import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { freePort } from '../../builders/freePort';
import { listen } from '../api/server';
import { HIDDEN_HOST, selfSignedCertificate } from '../api/tlsServer';
import type { Exchange, NetworkFault } from './faultyNetwork';
import type { ClockFault, ScenarioOptions } from './faultScenario';

/** Something that goes wrong on the way, and what is to be seen of it. */
export interface FaultCase {
  readonly name: string;
  readonly make: () => NetworkFault | Promise<NetworkFault>;
  /** What a refresh, and what the opening of an attachment comes to: `done`, or the name of an error. */
  readonly refresh: string;
  readonly attachment: string;
  /** What becomes of changes. */
  readonly changes: 'made' | 'wait' | 'refused';
  readonly options?: ScenarioOptions;
  /** Seconds for which nothing more may be asked after an answer. */
  readonly penalty?: number;
}

const PORTAL = Buffer.from('<html><h1>Welcome to our hotel. Please sign in.</h1></html>');
const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

const isChange = ({ method }: { readonly method: string }): boolean => method !== 'GET';

/** As the answer to such a request has it. */
const typeOf = ({ path }: Exchange): Readonly<Record<string, string>> =>
  path.includes('/content/') ? { 'content-type': 'text/plain' } : JSON_TYPE;

/** Requests that read: enough for answers that take long to receive. */
const isRead = ({ method }: { readonly method: string }): boolean => method === 'GET';

/** Changes alone, of which something gets lost on their way. */
const changes = (handle: NetworkFault['handle']): (() => NetworkFault) => {
  return () => ({ appliesTo: isChange, ...(handle && { handle }) });
};

/** The beginning of the answer's body, which says to be longer. */
async function half({ socket, forward }: Exchange): Promise<void> {
  const { status, headers, body } = await forward();
  socket.write(head(status, { ...headers, 'content-length': String(Math.max(body.length, 10)) }));
  socket.write(body.subarray(0, Math.floor(body.length / 2)));
}

function head(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`;
}

/** A page of whatever is in between. */
const page = (status: number, headers: Readonly<Record<string, string>> = {}): NetworkFault => ({
  handle: ({ answer }) => answer({ status, headers: { ...HTML, ...headers }, body: PORTAL }),
});

/** What RingCentral itself answers. */
function error(status: number, errorCode: string, headers: Readonly<Record<string, string>> = {}) {
  const message = 'Refused';
  const body = Buffer.from(JSON.stringify({ errorCode, message, errors: [{ errorCode, message }] }));
  return ({ answer }: Exchange): void => answer({ status, headers: { ...JSON_TYPE, ...headers }, body });
}

/** A success with this in place of what was to come. */
const success = (body: string): NetworkFault => ({
  handle: ({ answer }) => answer({ status: 200, headers: JSON_TYPE, body: Buffer.from(body) }),
});

/** The server's own answer, spoiled. */
const spoiled = (
  spoil: (body: Buffer) => Buffer,
  headers: Readonly<Record<string, string>> = {},
): NetworkFault => ({
  handle: async ({ forward, answer }) => {
    const real = await forward();
    answer({ ...real, headers: { ...real.headers, ...headers }, body: spoil(real.body) });
  },
});

const outage = (failure: string): Pick<FaultCase, 'refresh' | 'attachment' | 'changes'> => ({
  refresh: `network: ${failure}`,
  attachment: `network: ${failure}`,
  changes: 'wait',
});

const all = (name: string): Pick<FaultCase, 'refresh' | 'attachment' | 'changes'> => ({
  refresh: name,
  attachment: name,
  changes: 'wait',
});

const DONE = { refresh: 'done', attachment: 'done' } as const;

/** More than any answer of the API, or this attachment, may have, and small on its way. */
function bomb(): NetworkFault {
  const body = gzipSync(Buffer.alloc(80_000_000, ' '));
  return {
    appliesTo: isRead,
    handle: (exchange) => {
      exchange.answer({ status: 200, headers: { ...typeOf(exchange), 'content-encoding': 'gzip' }, body });
    },
  };
}

/** Sends one and the same for as long as somebody listens. */
function pour(exchange: Exchange): void {
  const { socket } = exchange;
  const block = Buffer.alloc(1_000_000, ' ');
  socket.write(head(200, { ...typeOf(exchange), 'transfer-encoding': 'identity', connection: 'close' }));
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
}

function trickle(exchange: Exchange): void {
  const { socket } = exchange;
  socket.write(head(200, { ...typeOf(exchange), 'content-length': '100000' }));
  const timer = setInterval(() => socket.write(' '), 20);
  socket.on('close', () => clearInterval(timer));
}

async function unknownCertificate(): Promise<NetworkFault> {
  const server = createTlsServer(await selfSignedCertificate(), (_request, response) => response.end());
  return { origin: `https://127.0.0.1:${await listen(server)}` };
}

/** A proxy that lets nobody through who does not say who he is. */
async function proxyThatAsks(): Promise<NetworkFault> {
  const server = createHttpServer().on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
  });
  const proxy = `http://127.0.0.1:${await listen(server)}`;
  return { origin: `https://${HIDDEN_HOST}`, settings: { useProxy: true, proxy } };
}

/** Two moments in the headers of an answer, by a clock that is `offset` seconds fast. */
function dates(wait: number, offset: number): Record<string, string> {
  const now = Date.now() + offset * 1000;
  return { date: new Date(now).toUTCString(), 'retry-after': new Date(now + wait * 1000).toUTCString() };
}

/** How often one may ask, as servers say it, and what it means in seconds. */
const TOO_MANY: readonly (readonly [what: string, headers: () => Record<string, string>, penalty: number])[] =
  [
    ['Retry-After in seconds', () => ({ 'retry-after': '45' }), 45],
    ['Retry-After as a date', () => dates(45, 0), 45],
    ['Retry-After as a date of a clock that is an hour slow', () => dates(45, -3_600), 45],
    ['Retry-After of -1', () => ({ 'retry-after': '-1' }), 30],
    ['Retry-After twice', () => ({ 'retry-after': '45, 10' }), 45],
    ['Retry-After of 400 digits', () => ({ 'retry-after': '9'.repeat(400) }), 30],
    ['Retry-After of 30 days', () => ({ 'retry-after': '2592000' }), 3_600],
    ['Retry-After of words', () => ({ 'retry-after': 'soon' }), 30],
    ['no Retry-After', () => ({}), 30],
  ];

export const NETWORK_FAULTS: readonly FaultCase[] = [
  {
    name: 'Connections are refused',
    make: async () => ({ origin: `http://127.0.0.1:${await freePort()}` }),
    ...outage('refused'),
  },
  {
    name: 'The name of the server is unknown (DNS)',
    make: () => ({ origin: 'http://nobody.invalid' }),
    ...outage('dns'),
  },
  { name: 'A certificate of an unknown authority', make: unknownCertificate, ...outage('tls') },
  { name: 'A proxy wants a password (407)', make: proxyThatAsks, ...outage('proxy') },
  {
    name: 'Connections are reset before the answer',
    make: () => ({ handle: ({ socket }) => socket.resetAndDestroy() }),
    ...outage('reset'),
  },
  {
    name: 'Connections are reset within the answer',
    make: () => ({
      handle: async (exchange) => {
        await half(exchange);
        setTimeout(() => exchange.socket.resetAndDestroy(), 20);
      },
    }),
    ...outage('reset'),
  },
  {
    name: 'Connections end within the answer',
    make: () => ({
      handle: async (exchange) => {
        await half(exchange);
        exchange.socket.end();
      },
    }),
    ...outage('reset'),
  },
  {
    name: 'The other end does not speak HTTP',
    make: () => ({ handle: ({ socket }) => socket.end('SSH-2.0-OpenSSH\r\n') }),
    ...outage('other'),
  },
  {
    name: 'Answers are cut off, with a length that says they are complete',
    make: () => spoiled((body) => body.subarray(0, Math.floor(body.length / 2))),
    ...all('responseFormat'),
    attachment: 'done, cut short',
  },
  {
    name: 'Compressed answers are cut off',
    make: () => spoiled((body) => gzipSync(body).subarray(0, -8), { 'content-encoding': 'gzip' }),
    ...all('responseFormat'),
  },
  {
    name: 'Answers claim to be compressed and are not',
    make: () => spoiled((body) => body, { 'content-encoding': 'gzip' }),
    ...all('responseFormat'),
  },
  {
    name: 'Answers are compressed in an unknown way',
    make: () => spoiled((body) => brotliCompressSync(body), { 'content-encoding': 'zstd' }),
    ...all('responseFormat'),
  },
  { name: 'Answers never end', make: () => ({ appliesTo: isRead, handle: pour }), ...all('tooLarge') },
  {
    name: 'A bomb: 80 MB in 80 kB of gzip',
    make: bomb,
    ...all('tooLarge'),
  },
  ...['null', '[]', '{"records": 5}', '['.repeat(200_000)].map((text): FaultCase => ({
    name: `JSON of another kind: ${text.length > 20 ? '200,000 brackets' : `\`${text}\``}`,
    make: () => success(text),
    ...all('responseFormat'),
  })),
  {
    name: 'Invalid UTF-8 in texts',
    make: () => ({
      appliesTo: ({ url }) => url.pathname.includes('/message-'),
      ...spoiled((body) =>
        Buffer.from(body.toString('latin1').replaceAll('Seattle', '\xff\xfe\xc3'), 'latin1'),
      ),
    }),
    ...DONE,
    changes: 'made',
  },
  { name: 'A sign-in page in place of every answer (200)', make: () => page(200), ...outage('foreign') },
  {
    name: 'A redirection to a sign-in page (302)',
    make: () => page(302, { location: 'http://portal.example/' }),
    ...outage('foreign'),
  },
  ...[401, 403, 407, 451, 511].map((status): FaultCase => ({
    name: `A gateway’s page with ${status}`,
    make: () => page(status),
    ...outage('foreign'),
  })),
  ...[408, 502, 503].map((status): FaultCase => ({
    name: `A gateway’s page with ${status}`,
    make: () => page(status),
    ...all('RingCentral: temporary'),
  })),
  {
    name: 'RingCentral is out of service (503, CMN-201)',
    make: () => ({ handle: error(503, 'CMN-201') }),
    ...all('RingCentral: temporary'),
  },
  {
    name: 'RingCentral is out of service, and says for how long',
    make: () => ({ handle: error(503, 'CMN-201', { 'retry-after': '60' }) }),
    ...all('RingCentral: temporary'),
    penalty: 60,
  },
  ...TOO_MANY.map(([what, headers, penalty]): FaultCase => ({
    name: `Too many requests (429), ${what}`,
    make: () => ({ handle: (exchange) => error(429, 'CMN-301', headers())(exchange) }),
    ...all('RingCentral: rateLimited'),
    penalty,
  })),
  {
    name: 'Every access token is refused (401)',
    make: () => ({ handle: error(401, 'OAU-129') }),
    ...all('RingCentral: unauthorized'),
  },
  {
    name: 'The access token is refused within the deletion of 103 messages (401)',
    make: () => {
      let deletions = 0;
      return {
        appliesTo: ({ method }) => method === 'DELETE',
        handle: async (exchange) => {
          if (++deletions === 3) error(401, 'OAU-129')(exchange);
          else exchange.answer(await exchange.forward());
        },
      };
    },
    options: { bulk: 100 },
    ...DONE,
    changes: 'made',
  },
  {
    name: 'A permission is taken away (403, CMN-408)',
    make: changes(error(403, 'CMN-408')),
    ...DONE,
    changes: 'refused',
  },
  {
    name: 'Changes arrive, and their answers do not',
    make: changes(async ({ forward, socket }) => {
      await forward();
      socket.resetAndDestroy();
    }),
    ...DONE,
    changes: 'wait',
  },
  {
    name: 'Changes are answered by an empty success, and were not made',
    make: changes(({ answer }) => answer({ status: 200, headers: JSON_TYPE })),
    ...DONE,
    changes: 'wait',
  },
  {
    name: 'Changes other than deletions are answered by 204, and were not made',
    // Of a deletion nobody could tell: that is how RingCentral says that it is done.
    make: () => ({
      appliesTo: ({ method }) => method === 'PUT' || method === 'PATCH',
      handle: ({ answer }) => answer({ status: 204 }),
    }),
    ...DONE,
    changes: 'wait',
  },
  {
    name: 'A proxy drops the bodies of DELETE',
    make: () => ({
      appliesTo: ({ method }) => method === 'DELETE',
      handle: async ({ forward, answer }) => answer(await forward({ body: '' })),
    }),
    options: { bulk: 100 },
    ...DONE,
    changes: 'made',
  },
  {
    name: 'A proxy drops the bodies of all requests',
    make: changes(async ({ forward, answer }) => answer(await forward({ body: '' }))),
    ...DONE,
    changes: 'refused',
  },
];

/** Access tokens have expired, and whoever asks for a new one is answered like this. */
const renewal = (answer: (exchange: Exchange) => void): NetworkFault => ({
  appliesTo: () => true,
  handle: (exchange) =>
    (exchange.path.startsWith('/restapi/oauth/') ? answer : error(401, 'OAU-129'))(exchange),
});

const oauthError = (status: number, code: string) => {
  return ({ answer }: Exchange): void =>
    answer({ status, headers: JSON_TYPE, body: Buffer.from(JSON.stringify({ error: code })) });
};

/** While a new access token is needed. */
export const TOKEN_FAULTS: readonly FaultCase[] = [
  ...[200, 400, 401].map((status): FaultCase => ({
    name: `A sign-in page answers in place of the token endpoint (${status})`,
    make: () => renewal(({ answer }) => answer({ status, headers: HTML, body: PORTAL })),
    ...outage('foreign'),
  })),
  {
    name: 'JSON of a gateway answers in place of the token endpoint (400)',
    make: () =>
      renewal(({ answer }) =>
        answer({ status: 400, headers: JSON_TYPE, body: Buffer.from('{"message":"Bad gateway"}') }),
      ),
    ...outage('foreign'),
  },
  {
    name: 'The token endpoint is out of service (503)',
    make: () => renewal(error(503, 'CMN-201')),
    ...all('RingCentral: temporary'),
  },
  {
    name: 'The token endpoint does not answer',
    make: () => renewal(({ socket }) => socket.resetAndDestroy()),
    ...outage('reset'),
  },
  {
    name: 'RingCentral has ended the sign-in (400, invalid_grant)',
    make: () => renewal(oauthError(400, 'invalid_grant')),
    ...all('signInRequired'),
  },
];

/** Those that show only when one has waited in vain. */
export const SLOW_FAULTS: readonly FaultCase[] = [
  {
    name: 'No answer comes',
    make: () => ({ handle: () => undefined, hasShortTimeouts: true }),
    ...outage('timeout'),
  },
  {
    name: 'Answers stop in their middle',
    make: () => ({ handle: half, hasShortTimeouts: true }),
    ...outage('timeout'),
  },
  {
    name: 'Answers trickle',
    make: () => ({ handle: trickle, hasShortTimeouts: true }),
    ...outage('timeout'),
  },
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CLOCKS: readonly (readonly [what: string, clock: ClockFault])[] = [
  ['is an hour slow', { always: -HOUR }],
  ['is an hour fast', { always: HOUR }],
  ['is ten days slow', { always: -10 * DAY }],
  ['is ten days fast', { always: 10 * DAY }],
  ['is set back by an hour', { meanwhile: -HOUR }],
  ['is set forward by an hour', { meanwhile: HOUR }],
  ['is set back by ten days', { meanwhile: -10 * DAY }],
  ['is set forward by ten days', { meanwhile: 10 * DAY }],
];

/** Nothing is wrong but what this computer takes for the time. */
export const CLOCK_FAULTS: readonly FaultCase[] = CLOCKS.map(([what, clock]) => ({
  name: `The clock of this computer ${what}`,
  make: () => ({ appliesTo: () => false }),
  options: { clock },
  ...DONE,
  changes: 'made',
}));
