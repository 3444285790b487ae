import { parseJson } from '../api/json';
import type { Deviations, Difference } from './deviations';
import { OWNER_PARAMETERS } from './features';
import { type EmulatorRequest, jsonReply, MULTIPART_JSON_TYPE, type Reply } from './http';
import { Query } from './query';
import { isObject } from './requestBody';

/** Query parameters of which a server may take no notice. */
const IGNORED: Partial<Readonly<Record<Difference, readonly string[]>>> = {
  ignoredOwner: OWNER_PARAMETERS,
  ignoredAvailability: ['availability'],
  ignoredRecordCount: ['recordCount'],
  ignoredPerPage: ['perPage'],
};

/** The request as this server takes it, which may overlook some of it. */
export function requestAsUnderstood(request: EmulatorRequest, { differences }: Deviations): EmulatorRequest {
  const ignored = [...differences].flatMap((difference) => IGNORED[difference] ?? []);
  const url = new URL(request.url);
  for (const name of ignored) url.searchParams.delete(name);
  const { accept, ...headers } = request.headers;
  return {
    ...request,
    url,
    query: new Query(url.searchParams),
    headers: differences.has('multipartMixed') || accept === undefined ? headers : { ...headers, accept },
  };
}

/** The answer as this server gives it. */
export function answerAsGiven(reply: Reply, request: EmulatorRequest, deviations: Deviations): Reply {
  const { differences } = deviations;
  if (differences.size === 0) return reply;
  const has = (difference: Difference): boolean => differences.has(difference);
  const { messageId, attachmentId } = request.params;
  if (attachmentId !== undefined) return content(reply, has);
  let given = reply;
  if (typeof given.body === 'string' && given.headers?.['content-type']?.includes('json')) {
    const body = changedJson(parseJson(given.body), has);
    given = { ...given, body: JSON.stringify(body) };
  }
  const isOne = messageId !== undefined && given.status < 207;
  if (isOne && has('multiStatusForOne')) return multiStatusOfOne(given, messageId);
  if (has('noContentForChanges') && isOne && ['PUT', 'PATCH'].includes(request.method))
    return { status: 204 };
  return has('okForMultiStatus') && given.status === 207 ? { ...given, status: 200 } : given;
}

/** The headers of every answer. */
export function rateHeadersAsGiven(
  headers: Record<string, string>,
  { differences }: Deviations,
): Record<string, string> {
  if (differences.has('noRateLimits')) return {};
  return differences.has('unknownRateGroup') ? { ...headers, 'x-rate-limit-group': 'Experimental' } : headers;
}

function content(reply: Reply, has: (difference: Difference) => boolean): Reply {
  const left = Object.entries(reply.headers ?? {}).filter(
    ([name]) => !(name === 'etag' && has('noEtag')) && !(name === 'content-type' && has('noContentType')),
  );
  return { ...reply, headers: Object.fromEntries(left) };
}

function multiStatusOfOne({ status, body }: Reply, messageId: string): Reply {
  const item = {
    resourceId: messageId,
    status,
    ...(typeof body === 'string' && { body: parseJson(body) }),
  };
  return { ...jsonReply(207, [item]), headers: { 'content-type': MULTIPART_JSON_TYPE } };
}

const LEFT_OUT: Readonly<Record<string, Difference>> = {
  navigation: 'noNavigation',
  paging: 'noPaging',
  syncTime: 'noSyncTime',
  olderRecordsExist: 'noOlderRecordsExist',
  syncToken: 'noSyncToken',
};

function changedJson(value: unknown, has: (difference: Difference) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => changedJson(item, has));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => {
    const difference = LEFT_OUT[name];
    return difference === undefined || !has(difference);
  });
  return Object.fromEntries(
    kept.map(([name, field]) => [
      name,
      /id$/i.test(name) && typeof field === 'number' && has('stringIds')
        ? String(field)
        : changedJson(field, has),
    ]),
  );
}
