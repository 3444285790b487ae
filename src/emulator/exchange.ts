import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import type { EmulatorContext } from './context';
import { rateHeadersAsGiven } from './differentAnswers';
import type { Fault } from './faults';
import type { Handler } from './gateway';
import { jsonReply, type Reply } from './http';
import type { Exchange } from './listener';
import { Query } from './query';
import type { RateGroup } from './rateLimiter';
import { invalidParameter, RequestError } from './requestError';
import type { Origin } from './requestLog';
import type { Router } from './router';

/** Bytes, of whoever has a token; and of anybody else. */
const LARGEST_BODY = 16 * 1024 * 1024;
const LARGEST_BODY_OF_STRANGERS = 64 * 1024;
const ADMIN_PATH = '/emulator/';

/**
 * What an origin does with each request: reads it, logs it, lets the fault happen that waits for it, and writes the
 * answer. The admin surface is spared faults and log.
 * @param stopping ends delays
 */
export function createExchange(
  origin: Origin,
  baseUrl: string,
  gateway: Router<Handler>,
  context: EmulatorContext,
  stopping: AbortSignal,
): Exchange {
  return async (incoming, response) => {
    const method = incoming.method ?? 'GET';
    const url = new URL(`${baseUrl}${incoming.url ?? '/'}`);
    const isKnown = context.sessions.isToken(tokenOf(incoming)) || tokenOf(incoming) === context.adminToken;
    const body = await readBody(incoming, isKnown ? LARGEST_BODY : LARGEST_BODY_OF_STRANGERS);
    if (!body) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const isAdmin = origin === 'rest' && url.pathname.startsWith(ADMIN_PATH);
    const logged = isAdmin
      ? undefined
      : context.log.add(origin, method, url, incoming.headers, body, context.clock.now());
    const fault = isAdmin ? undefined : context.faults.take(method, url.pathname + url.search);
    if (fault?.kind === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'delay') await setTimeout(fault.milliseconds, undefined, { signal: stopping });

    let group: RateGroup = 'light';
    let reply: Reply;
    try {
      const { handler, params } = gateway.find(method, url.pathname);
      group = handler.group;
      const request = {
        method,
        url,
        query: new Query(url.searchParams),
        headers: incoming.headers,
        params,
        body,
      };
      reply = fault?.kind === 'error' ? faultReply(fault) : await handler.answer(request);
    } catch (error) {
      reply = errorReply(error);
    }
    if (logged) logged.status = reply.status;
    if (fault?.kind === 'lostAnswer') {
      incoming.socket.resetAndDestroy();
      return;
    }

    response.writeHead(reply.status, {
      rcrequestid: randomUUID(),
      ...rateHeadersAsGiven(context.limiter.headers(group), context.deviations),
      ...reply.headers,
      ...(reply.status !== 204 && { 'content-length': Buffer.byteLength(reply.body ?? '') }),
    });
    if (fault?.kind === 'truncate') truncate(response, reply, fault.bytes);
    else response.end(reply.body);
  };
}

/** Undefined if there is more of it than `limit` bytes. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tokenOf({ headers }: IncomingMessage): string {
  return headers.authorization?.replace(/^Bearer /, '') ?? '';
}

function errorReply(error: unknown): Reply {
  // The path has an escape that does not decode.
  if (error instanceof URIError) return errorReply(invalidParameter('path'));
  if (error instanceof RequestError) return jsonReply(error.status, error.body, error.headers);
  const message = error instanceof Error ? error.message : String(error);
  return errorReply(new RequestError(500, 'CMN-201', `The emulator failed: ${message}`));
}

function faultReply({ status, errorCode, message, headers, body }: Extract<Fault, { kind: 'error' }>): Reply {
  if (body !== undefined) return { status, headers, body };
  return errorReply(new RequestError(status, errorCode, message, {}, headers));
}

/** A part of the body, half of it if nothing else is said, although the head has promised all of it. */
function truncate(response: ServerResponse, reply: Reply, length: number | undefined): void {
  const bytes = Buffer.from(reply.body ?? '');
  response.write(bytes.subarray(0, length ?? bytes.length / 2), () => response.destroy());
}
