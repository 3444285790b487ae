import { expect, it } from 'vitest';
import { MessageStoreApi } from '../../../src/api/messageStore';
import { MessageQueries } from '../../../src/mailbox/sync/messageQueries';
import { transportTo } from '../api/fakes';
import { json, refusal, startServer } from '../api/server';

const NOW = Date.now();
const COUNT = 1_200;

/** Of newest messages first. */
const RECORDS = Array.from({ length: COUNT }, (_, index) => ({ id: COUNT - index, availability: 'Alive' }));

it('a list of which the server refuses the size of later pages is begun anew with smaller ones', async () => {
  const server = await startServer(({ url }, response) => {
    const [page, perPage] = ['page', 'perPage'].map((name) => Number(url.searchParams.get(name)));
    if (page === undefined || perPage === undefined) expect.unreachable();
    else if (page > 1 && perPage > 250) json(response, 400, refusal('CMN-101', { parameterName: 'perPage' }));
    else json(response, 200, { records: RECORDS.slice((page - 1) * perPage, page * perPage) });
  });
  const queries = new MessageQueries(() => Promise.resolve(new Map()));
  const api = new MessageStoreApi(transportTo(server).transport);
  const query = { from: NOW, availability: ['Alive'] as const };
  const messages = await queries.listAll(api, query, new AbortController().signal);
  expect(messages.map(({ id }) => Number(id))).toEqual(RECORDS.map(({ id }) => id));
});
