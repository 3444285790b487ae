import { DAY } from '../clock';
import type { EmulatorContext } from '../context';
import {
  AVAILABILITIES,
  firstOfEachConversation,
  matcher,
  type MessageFilter,
  READ_STATUSES,
  readFilter,
} from '../filter';
import type { EmulatorRequest, Reply } from '../http';
import type { Query } from '../query';
import { recordsReply } from '../recordsReply';
import { invalidParameter } from '../requestError';

const DEFAULT_PER_PAGE = 100;
const MAX_PER_PAGE = 1000;

/** `listMessages`: a page of the matching messages, newest first. */
export function listMessages(request: EmulatorRequest, context: EmulatorContext): Promise<Reply> {
  const { query } = request;
  const filter: MessageFilter = {
    ...readFilter(query, context.features),
    readStatus: query.someOf('readStatus', READ_STATUSES),
    phoneNumber: query.string('phoneNumber'),
  };
  const availability: readonly string[] = query.someOf('availability', AVAILABILITIES) ?? ['Alive'];
  const range = readRange(query, context.clock.now());
  const page = query.integer('page', 1) ?? 1;
  const perPage = Math.min(
    query.integer('perPage', 0) ?? DEFAULT_PER_PAGE,
    MAX_PER_PAGE,
    context.deviations.mostRecords,
  );

  const matches = matcher(filter);
  const candidates = [
    ...context.mailbox.newestFirst({ ...range, conversationId: filter.conversationId }),
  ].filter((message) => availability.includes(message.availability) && matches(message));
  const found = filter.distinctConversations ? [...firstOfEachConversation(candidates)] : candidates;
  const start = (page - 1) * perPage;
  const records = found.slice(start, start + perPage);
  const totalPages = perPage === 0 ? 0 : Math.ceil(found.length / perPage);

  return recordsReply(
    { uri: pageUri(request.url) },
    records.map((message) => () => context.wire.listed(message)),
    {
      paging: {
        ...(records.length > 0 && { page, pageStart: start, pageEnd: start + records.length - 1 }),
        perPage,
        totalPages,
        totalElements: found.length,
      },
      navigation: navigation(request.url, page, totalPages, perPage),
    },
  );
}

/**
 * The range of creation times asked for. Without `dateFrom` it is the last 24 hours of it (FACTS, Listing).
 * @throws RequestError if it ends before it begins
 */
export function readRange(
  query: Query,
  now: number,
): { readonly from: number; readonly to: number | undefined } {
  const to = query.date('dateTo');
  const from = query.date('dateFrom') ?? (to ?? now) - DAY;
  if (to !== undefined && from > to) throw invalidParameter('dateFrom', query.string('dateFrom'));
  return { from, to };
}

function navigation(url: URL, page: number, totalPages: number, perPage: number): object {
  const link = (number: number): object => ({ uri: pageUri(url, number, perPage) });
  if (totalPages === 0) return {};
  return {
    firstPage: link(1),
    ...(page < totalPages && { nextPage: link(page + 1) }),
    ...(page > 1 && page <= totalPages && { previousPage: link(page - 1) }),
    lastPage: link(totalPages),
  };
}

/** The URI of the request, for another page of it if told so, and without the token that it may carry. */
function pageUri(url: URL, page?: number, perPage?: number): string {
  const uri = new URL(url);
  uri.searchParams.delete('access_token');
  if (page !== undefined) uri.searchParams.set('page', String(page));
  if (perPage !== undefined) uri.searchParams.set('perPage', String(perPage));
  return uri.href;
}
