import { ResponseFormatError } from '../../api/errors';
import { MAX_RECORDS_PER_PAGE, type MessageStoreApi } from '../../api/messageStore';
import type { ListMessagesParams } from '../../api/messageStoreParams';
import type { Message } from '../../api/schema';

/**
 * All messages of a list, page by page, until an answer proves that there are no more.
 * @throws ResponseFormatError if no answer does: if the server gives the same messages over and over again, for example
 * @throws MailboxError if the server cannot be reached or refuses
 */
export async function listAll(
  api: MessageStoreApi,
  filters: Omit<ListMessagesParams, 'page' | 'perPage'>,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const records = new Map<string, Message>();
  for (let page = 1; ; page++) {
    const list = await api.listMessages({ ...filters, page, perPage: MAX_RECORDS_PER_PAGE }, signal);
    const before = records.size;
    for (const record of list.records) records.set(record.id, record);
    if (list.hasNextPage === false) return [...records.values()];
    if (records.size === before) throw new ResponseFormatError('The list has no end');
  }
}
