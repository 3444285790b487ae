import type { IncomingHttpHeaders } from 'node:http';

/** Which of the two listeners a request came to. */
export type Origin = 'rest' | 'media';

export interface LoggedRequest {
  readonly origin: Origin;
  readonly method: string;
  readonly path: string;
  /** Every value of every parameter. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** ISO 8601. */
  readonly time: string;
  /** Absent while there is no answer. */
  status?: number;
}

const LONGEST_LOG = 5000;
/** Bytes of a body that are remembered: a thousand messages are changed by less. */
const LONGEST_BODY = 256 * 1024;
const REDACTED = 'redacted';
const SECRETS = [
  'access_token',
  'assertion',
  'client_secret',
  'code',
  'code_challenge',
  'code_verifier',
  'refresh_token',
  'token',
  'wsc',
];

/** The requests received, for tests that assert on the wire. Holds no secrets, and no more than the last 5000. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(
    origin: Origin,
    method: string,
    url: URL,
    headers: IncomingHttpHeaders,
    body: Buffer,
    time: number,
  ): LoggedRequest {
    const text = body.subarray(0, LONGEST_BODY).toString();
    const request: LoggedRequest = {
      origin,
      method,
      path: url.pathname,
      query: readQuery(url.searchParams),
      headers: redactedHeaders(headers),
      body: url.pathname.startsWith('/restapi/oauth/') ? redactedForm(text) : text,
      time: new Date(time).toISOString(),
    };
    this.#requests.push(request);
    if (this.#requests.length > LONGEST_LOG) this.#requests.shift();
    return request;
  }

  clear(): void {
    this.#requests = [];
  }
}

function readQuery(parameters: URLSearchParams): Record<string, string[]> {
  const names = new Set(parameters.keys());
  return Object.fromEntries(
    [...names].map((name) => [name, SECRETS.includes(name) ? [REDACTED] : parameters.getAll(name)]),
  );
}

function redactedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const [scheme] = headers.authorization?.split(' ') ?? [];
  return scheme === undefined ? headers : { ...headers, authorization: `${scheme} ${REDACTED}` };
}

function redactedForm(body: string): string {
  const form = new URLSearchParams(body);
  for (const name of SECRETS) if (form.has(name)) form.set(name, REDACTED);
  return form.toString();
}
