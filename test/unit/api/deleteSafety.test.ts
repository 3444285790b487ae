import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuseUnsafeDelete } from '../../../src/api/deleteGuard';
import { UnsafeDeleteError } from '../../../src/api/errors';
import { MAX_DELETED_IDS_PER_REQUEST, MessageStoreApi } from '../../../src/api/messageStore';
import type { ApiRequest } from '../../../src/api/transport';
import { rejection, transportTo } from './fakes';
import { type ReceivedRequest, startServer, type TestServer } from './server';

const STORE = '/restapi/v1.0/account/~/extension/~/message-store';

/**
 * What the real server would delete (FACTS, Changing, deleting), of a request whose body was lost on the way: if it names
 * nothing in its path or query, everything.
 */
function deletedBy({ url }: Pick<ReceivedRequest, 'url'>): 'everything' | Set<string> {
  const inPath = /\/message-store\/?(.*)$/.exec(decodeURIComponent(url.pathname))?.[1] ?? '';
  const named = new Set<string>(url.searchParams.getAll('conversationId'));
  for (const id of inPath.split(',')) named.add(id);
  const ids = new Set([...named].filter((id) => /^\d+$/.test(id)));
  return ids.size === 0 ? 'everything' : ids;
}

function allDeletedBy(requests: readonly ReceivedRequest[]): 'everything' | Set<string> {
  const ids = new Set<string>();
  for (const deleted of requests.map(deletedBy)) {
    if (deleted === 'everything') return deleted;
    for (const id of deleted) ids.add(id);
  }
  return ids;
}

const anyId = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
const anyJunk = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '*',
    ',',
    '0',
    '-1',
    '1,2',
    '1 ',
    '1\n',
    '~',
    '..',
    '../..',
    '%2A',
    '1/..',
    '1?x',
    '1#',
    'ALL',
    '１',
  ),
  fc.string(),
  fc.constantFrom(undefined, null, 0, 1, NaN, [], ['1'], {}) as fc.Arbitrary<never>,
);

async function serverThatDeletes(): Promise<{ server: TestServer; api: MessageStoreApi }> {
  const server = await startServer((_request, response) => response.writeHead(204).end());
  return { server, api: new MessageStoreApi(transportTo(server).transport) };
}

/** Runs `act` and gives the requests that it made. */
async function requestsOf(server: TestServer, act: () => Promise<unknown>): Promise<ReceivedRequest[]> {
  const before = server.requests.length;
  await act().catch(() => undefined);
  return server.requests.slice(before);
}

const DATE = '2026-03-10T18:07:52.534Z';

type Delete = (api: MessageStoreApi, ids: readonly string[], purge: boolean) => Promise<unknown>;

const operations: [string, Delete, number][] = [
  ['deleteMessage', (api, ids, purge) => api.deleteMessage(ids, { purge }), MAX_DELETED_IDS_PER_REQUEST],
  [
    'deleteMessageByFilter',
    (api, ids, purge) => {
      const [id = '', ...others] = ids;
      if (others.length > 0)
        return Promise.reject(new RangeError('Each conversation takes a request of its own'));
      return api.deleteMessageByFilter(id, { dateTo: DATE, purge });
    },
    1,
  ],
];

describe.each(operations)('%s', (_name, remove, limit) => {
  test('deletes exactly the given ids, with or without purging, whatever they are', async () => {
    const { server, api } = await serverThatDeletes();
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyId, { minLength: 1, maxLength: limit, size: 'max' }),
        fc.boolean(),
        async (ids, purge) => {
          const requests = await requestsOf(server, () => remove(api, ids, purge));
          expect(allDeletedBy(requests)).toEqual(new Set(ids));
          for (const { url } of requests) expect(url.searchParams.get('purge')).toBe(String(purge));
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each([1, 2, 50].filter((count) => count <= limit))(
    'deletes exactly the %i given ids',
    async (count) => {
      const { server, api } = await serverThatDeletes();
      const ids = Array.from({ length: count }, (_, index) => String(9_000_000_000_000 + index));
      const requests = await requestsOf(server, () => remove(api, ids, false));
      expect(allDeletedBy(requests)).toEqual(new Set(ids));
    },
  );

  test('sends nothing if any of the given values is not an id', async () => {
    const { server, api } = await serverThatDeletes();
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyId, { maxLength: 3 }),
        anyJunk,
        fc.array(anyId, { maxLength: 3 }),
        async (some, junk, others) => {
          fc.pre(
            some.length + others.length < limit && !(typeof junk === 'string' && /^[1-9]\d*$/.test(junk)),
          );
          const requests = await requestsOf(server, () => remove(api, [...some, junk, ...others], false));
          expect(requests).toEqual([]);
        },
      ),
    );
  });

  test('sends nothing and throws a RangeError if no ids or too many are given', async () => {
    const { server, api } = await serverThatDeletes();
    const tooMany = Array.from({ length: limit + 1 }, (_, index) => String(index + 1));
    for (const ids of [[], tooMany])
      expect(await rejection(remove(api, ids, true))).toBeInstanceOf(RangeError);
    expect(server.requests).toEqual([]);
  });
});

test('deleteMessage names an id that is given twice only once', async () => {
  const { server, api } = await serverThatDeletes();
  const [request] = await requestsOf(server, () => api.deleteMessage(['7', '8', '7'], {}));
  expect(request?.target.match(/7/g)).toHaveLength(1);
});

describe('the check of each DELETE before it is sent', () => {
  const pass: [string, string | undefined][] = [
    [`${STORE}/1`, undefined],
    [`${STORE}/1,22,333?purge=true`, undefined],
    [`${STORE}/${idsUpTo(50)}`, undefined],
    [`${STORE}?conversationId=1&dateTo=${DATE}`, undefined],
    [`${STORE}?purge=true&conversationId=8234962969801171948&dateTo=${DATE}&type=SMS`, undefined],
  ];
  test.each(pass)('accepts %s with the body %j', (target, body) => {
    expect(() => look(target, body)).not.toThrow();
  });

  const refuse: [string, string | undefined][] = [
    [STORE, undefined],
    [`${STORE}/`, undefined],
    [`${STORE}?purge=true`, undefined],
    [`${STORE}?conversationId=`, undefined],
    [`${STORE}?conversationId=1`, undefined],
    [`${STORE}?conversationId=1&dateTo=`, undefined],
    [`${STORE}?conversationId=1&dateTo=tomorrow`, undefined],
    [`${STORE}?conversationId=1&dateTo=${DATE}&dateTo=${DATE}`, undefined],
    [`${STORE}?conversationId=0&dateTo=${DATE}`, undefined],
    [`${STORE}?conversationId=1&conversationId=&dateTo=${DATE}`, undefined],
    [`${STORE}?conversationId=1&conversationId=2&dateTo=${DATE}`, undefined],
    [`${STORE}?conversationid=1&dateTo=${DATE}`, undefined],
    [`${STORE}?conversationId=1&dateTo=${DATE}`, '["1"]'],
    [`${STORE}?conversationId=*&dateTo=${DATE}`, '["1"]'],
    [`${STORE}?dateTo=${DATE}`, undefined],
    [`${STORE}/?conversationId=1&dateTo=${DATE}`, undefined],
    [`${STORE}/1?conversationId=1&dateTo=${DATE}`, undefined],
    [`${STORE}/${idsUpTo(51)}`, undefined],
    [`${STORE}/0`, undefined],
    [`${STORE}/007`, undefined],
    [`${STORE}/1`, ''],
    [`${STORE}/*`, '["1"]'],
    [`${STORE}/*?purge=false`, '["1","8234962969801171948"]'],
    [`${STORE}/1,`, undefined],
    [`${STORE}/,`, undefined],
    [`${STORE}/,1`, undefined],
    [`${STORE}/%20`, undefined],
    [`${STORE}/1/..`, undefined],
    [`${STORE}/~`, undefined],
    [`${STORE}/1`, '["2"]'],
    [`${STORE}/1,*`, '["2"]'],
    [`${STORE}/*`, undefined],
    [`${STORE}/*`, ''],
    [`${STORE}/*`, '[]'],
    [`${STORE}/*`, '[""]'],
    [`${STORE}/*`, '["1",""]'],
    [`${STORE}/*`, '[1]'],
    [`${STORE}/*`, 'null'],
    [`${STORE}/*`, '{"0":"1","length":1}'],
    [`${STORE}/*`, '["1"'],
    [`${STORE}/*?conversationId=1`, '["1"]'],
    [`${STORE}/%2A`, '["1"]'],
    [STORE.replace('message-store', 'Message-Store'), undefined],
    [STORE.replace('message-store', 'message%2Dstore'), undefined],
    ['/restapi/v1.0/account/~/extension/~', undefined],
  ];
  test.each(refuse)('refuses %s with the body %j', (target, body) => {
    expect(() => look(target, body)).toThrow(UnsafeDeleteError);
  });

  test('accepts no request that would delete everything', () => {
    const path = fc
      .array(fc.constantFrom('/', '*', ',', '.', '1', '23', '%2A', '%20', '~', STORE))
      .map((parts) => STORE + parts.join(''));
    const query = fc
      .array(fc.constantFrom('conversationId=', 'conversationId=5', `dateTo=${DATE}`, 'purge=true', 'x'))
      .map((parts) => parts.join('&'));
    const body = fc.option(fc.oneof(fc.json(), fc.constantFrom('', '[]', '["1"]', '[null]')), {
      nil: undefined,
    });
    let passed = 0;
    fc.assert(
      fc.property(path, query, body, (pathname, search, text) => {
        const url = new URL(`${pathname}?${search}`, 'https://server.test');
        try {
          refuseUnsafeDelete({ method: 'DELETE', url, ...(text !== undefined && { body: text }) });
        } catch {
          return;
        }
        passed += 1;
        expect(deletedBy({ url })).not.toBe('everything');
      }),
      { numRuns: 1000, examples: [[`${STORE}/1`, '', undefined]] },
    );
    expect(passed).toBeGreaterThan(0);
  });

  test('is made by the transport itself, whoever built the request', async () => {
    const { server } = await serverThatDeletes();
    const request: ApiRequest = {
      operation: 'deleteMessage',
      method: 'DELETE',
      uri: STORE,
      query: { purge: true },
    };
    const error = await rejection(transportTo(server).transport.send(request, () => undefined));
    expect(error).toBeInstanceOf(UnsafeDeleteError);
    expect(server.requests).toEqual([]);
  });
});

function idsUpTo(count: number): string {
  return Array.from({ length: count }, (_, index) => String(index + 1)).join(',');
}

function look(target: string, body: string | undefined): void {
  const url = new URL(target, 'https://server.test');
  refuseUnsafeDelete({ method: 'DELETE', url, ...(body !== undefined && { body }) });
}
