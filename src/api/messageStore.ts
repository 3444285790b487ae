import { attachmentContent, CONTENT_HEADERS } from './attachmentContent';
import { decodeMessages } from './decode';
import { deleteRequest } from './deleteRequest';
import { incrementalSyncError, ResponseFormatError } from './errors';
import type { HttpResponse } from './httpClient';
import { checkedIds } from './ids';
import { readJson } from './jsonBody';
import {
  MAX_CHANGED_IDS_PER_REQUEST,
  MAX_DELETED_IDS_PER_REQUEST,
  MAX_READ_IDS_PER_REQUEST,
  MAX_RECORDS_PER_PAGE,
} from './limits';
import { countOf, defined, flagOf, idOf, type JsonRecord, recordOf, textOf, timeOf } from './lenient';
import type {
  AttachmentContent,
  DeleteByFilterOptions,
  DeleteOptions,
  ListMessagesParams,
  MessageList,
  MessageSync,
  ReadContentOptions,
  SyncMessagesParams,
} from './messageStoreParams';
import { type ItemResult, MULTI_STATUS, MULTI_STATUS_TYPE, readItemResults } from './multiStatus';
import { MESSAGE_STORE, MESSAGE_STORE_CONFIGURATION, MESSAGE_SYNC } from './paths';
import type { Attachment, Message, MessageStoreConfiguration, ReadStatus } from './schema';
import type { ApiRequest, Transport } from './transport';

export type { ItemResult };
export {
  MAX_CHANGED_IDS_PER_REQUEST,
  MAX_DELETED_IDS_PER_REQUEST,
  MAX_READ_IDS_PER_REQUEST,
  MAX_RECORDS_PER_PAGE,
};

/**
 * The ten operations of the Message Store, named as the API names them. Each takes a signal for cancellation and throws
 * what `Transport.send` throws; those that take ids throw RangeError, sending nothing, if there are none, too many, or
 * anything else among them.
 */
export class MessageStoreApi {
  constructor(
    private readonly transport: Transport,
    private readonly background = false,
    private readonly giveWay?: AbortSignal,
  ) {}

  /**
   * The same operations for which nobody waits: they leave the user's requests the first place and a part of the rate limits.
   * @param giveWay see `ApiRequest`
   */
  inBackground(giveWay?: AbortSignal): MessageStoreApi {
    return new MessageStoreApi(this.transport, true, giveWay);
  }

  /**
   * Waits until the rate limits let a deletion pass, so that it can be sent just after it was made sure of.
   * @throws CancelledError if the signal is aborted
   */
  async whenMayDelete(signal?: AbortSignal): Promise<void> {
    await this.transport.whenMaySend('deleteMessage', signal);
  }

  async listMessages(params: ListMessagesParams, signal?: AbortSignal): Promise<MessageList> {
    const answer = await this.#json(
      { operation: 'listMessages', method: 'GET', uri: MESSAGE_STORE, query: { ...params } },
      signal,
    );
    const records = recordsIn(answer);
    const wire = recordOf(answer['paging']);
    // An empty result may come without page and size.
    const page = countOf(wire['page']) ?? params.page ?? 1;
    const perPage = countOf(wire['perPage']) ?? params.perPage ?? 100;
    const totalPages = countOf(wire['totalPages']);
    return {
      records,
      paging: { page, perPage, ...defined({ totalPages, totalElements: countOf(wire['totalElements']) }) },
      ...defined({ hasNextPage: hasNextPage(answer, params.page ?? 1) }),
    };
  }

  /** @throws ApiError of kind fullSyncRequired if the server does not take the sync token, or what it stands for, any more */
  async syncMessages(params: SyncMessagesParams, signal?: AbortSignal): Promise<MessageSync> {
    const { answer, sentAt } = await this.#send(
      { operation: 'syncMessages', method: 'GET', uri: MESSAGE_SYNC, query: { ...params } },
      async (response) => ({ answer: recordOf(await readJson(response)), sentAt: response.sentAt }),
      signal,
    ).catch((error: unknown) => {
      throw params.syncType === 'ISync' ? incrementalSyncError(error) : error;
    });
    const info = recordOf(answer['syncInfo']);
    return {
      records: recordsIn(answer),
      syncType: textOf(info['syncType']) ?? params.syncType,
      sentAt,
      ...defined({
        olderRecordsExist: olderRecordsExist(answer, flagOf(info['olderRecordsExist'])),
        syncToken:
          typeof info['syncToken'] === 'number' ? idOf(info['syncToken']) : textOf(info['syncToken']),
        syncTime: timeOf(info['syncTime']),
      }),
    };
  }

  /** @param ids at most `MAX_READ_IDS_PER_REQUEST` */
  async readMessage(ids: readonly string[], signal?: AbortSignal): Promise<ItemResult[]> {
    const asked = checkedIds(ids, MAX_READ_IDS_PER_REQUEST);
    return this.#items(
      asked,
      { operation: 'readMessage', method: 'GET', uri: `${MESSAGE_STORE}/${asked.join(',')}` },
      signal,
    );
  }

  /** @param ids at most `MAX_CHANGED_IDS_PER_REQUEST` */
  async updateMessage(
    ids: readonly string[],
    change: { readonly readStatus: ReadStatus },
    signal?: AbortSignal,
  ): Promise<ItemResult[]> {
    return this.#change({ operation: 'updateMessage', method: 'PUT' }, ids, change, signal);
  }

  /**
   * Sets the read status, or restores what is deleted, or both.
   * @param ids at most `MAX_CHANGED_IDS_PER_REQUEST`
   */
  async patchMessage(
    ids: readonly string[],
    change: { readonly readStatus?: ReadStatus; readonly availability?: 'Alive' },
    signal?: AbortSignal,
  ): Promise<ItemResult[]> {
    return this.#change({ operation: 'patchMessage', method: 'PATCH' }, ids, change, signal);
  }

  /**
   * Moves messages to Deleted, and those that are there already to Purged; with `purge` all to Purged.
   * @param ids at most `MAX_DELETED_IDS_PER_REQUEST`
   */
  async deleteMessage(
    ids: readonly string[],
    { purge, beforeSend }: DeleteOptions,
    signal?: AbortSignal,
  ): Promise<ItemResult[]> {
    const messageIds = checkedIds(ids, MAX_DELETED_IDS_PER_REQUEST);
    const request = { ...deleteRequest({ messageIds }, { purge }), ...defined({ beforeSend }) };
    return this.#items(messageIds, request, signal);
  }

  /** Deletes what a conversation has received before `dateTo`; of several conversations each takes a request of its own. */
  async deleteMessageByFilter(
    conversationId: string,
    { dateTo, type, purge, beforeSend }: DeleteByFilterOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    const request = deleteRequest({ conversationId, dateTo }, { type, purge });
    const [result] = await this.#items([conversationId], { ...request, ...defined({ beforeSend }) }, signal);
    if (result?.error) throw result.error;
  }

  /**
   * The content of an attachment, as a stream: `send`'s retries end when it begins.
   * @param range what of it is wanted; the server may give all of it nevertheless
   * @param etag of the content that the range is meant of: all of it comes if the content is another one by now
   * @param contentDisposition what the answer's header says of the content, and of its name
   * @throws ApiError of kind rendering if it is a fax that is not rendered yet
   * @throws UntrustedOriginError if the attachment's address is not of the signed-in server
   */
  async readMessageContent(
    attachment: Attachment,
    { range, etag, contentDisposition, contentDispositionFilename }: ReadContentOptions = {},
    signal?: AbortSignal,
  ): Promise<AttachmentContent> {
    if (attachment.uri === undefined) throw new ResponseFormatError('The attachment has no address');
    const headers = {
      ...CONTENT_HEADERS,
      ...(range && { range: `bytes=${range.start}-${range.end ?? ''}` }),
      ...(range && etag !== undefined && { 'if-range': etag }),
    };
    return this.#send(
      {
        operation: 'readMessageContent',
        method: 'GET',
        uri: attachment.uri,
        media: true,
        query: { contentDisposition, contentDispositionFilename },
        headers,
      },
      (response) => attachmentContent(response, attachment),
      signal,
    );
  }

  async readMessageStoreConfiguration(signal?: AbortSignal): Promise<MessageStoreConfiguration> {
    return configurationIn(
      await this.#json(
        { operation: 'readMessageStoreConfiguration', method: 'GET', uri: MESSAGE_STORE_CONFIGURATION },
        signal,
      ),
    );
  }

  async updateMessageStoreConfiguration(
    { retentionPeriod }: MessageStoreConfiguration,
    signal?: AbortSignal,
  ): Promise<MessageStoreConfiguration> {
    return configurationIn(
      await this.#json(
        {
          operation: 'updateMessageStoreConfiguration',
          method: 'PUT',
          uri: MESSAGE_STORE_CONFIGURATION,
          body: { contentType: 'application/json', text: JSON.stringify({ retentionPeriod }) },
        },
        signal,
      ),
    );
  }

  async #change(
    request: Pick<ApiRequest, 'operation' | 'method'>,
    ids: readonly string[],
    change: object,
    signal: AbortSignal | undefined,
  ): Promise<ItemResult[]> {
    const checked = checkedIds(ids, MAX_CHANGED_IDS_PER_REQUEST);
    const isBulk = checked.length > 1;
    const body = isBulk ? checked.map((resourceId) => ({ resourceId, body: change })) : change;
    return this.#items(
      checked,
      {
        ...request,
        uri: `${MESSAGE_STORE}/${isBulk ? '*' : checked.join()}`,
        body: { contentType: isBulk ? MULTI_STATUS_TYPE : 'application/json', text: JSON.stringify(body) },
      },
      signal,
    );
  }

  async #items(ids: readonly string[], request: ApiRequest, signal?: AbortSignal): Promise<ItemResult[]> {
    const headers = { accept: MULTI_STATUS };
    const form = request.method === 'DELETE' ? 'noContent' : 'records';
    return this.#send({ ...request, headers }, (response) => readItemResults(ids, response, form), signal);
  }

  async #json(request: ApiRequest, signal: AbortSignal | undefined): Promise<JsonRecord> {
    return recordOf(await this.#send(request, readJson, signal));
  }

  async #send<T>(
    request: ApiRequest,
    read: (response: HttpResponse) => T | Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { background, giveWay } = this;
    return this.transport.send({ ...request, background, ...defined({ giveWay }) }, read, signal);
  }
}

/**
 * Whether older records exist than those of a full sync; undefined if the answer does not say, or contradicts itself. What
 * is missing must not pass for the end of the history: whoever believes to know everything deletes and removes by it.
 */
function olderRecordsExist(answer: JsonRecord, flag: boolean | undefined): boolean | undefined {
  if (!isEmptyList(answer['records'])) return flag;
  return flag === true ? undefined : false;
}

/** Whether a page is followed by another; undefined if the answer does not say, or contradicts itself. */
function hasNextPage(answer: JsonRecord, askedPage: number): boolean | undefined {
  const paging = recordOf(answer['paging']);
  const page = countOf(paging['page']) ?? askedPage;
  const totalPages = countOf(paging['totalPages']);
  const nextPage = textOf(recordOf(recordOf(answer['navigation'])['nextPage'])['uri']);
  const isSaid = nextPage !== undefined || (totalPages !== undefined && page < totalPages);
  if (isEmptyList(answer['records'])) return isSaid ? undefined : false;
  if (isSaid) return true;
  return totalPages !== undefined && page === askedPage ? false : undefined;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function recordsIn(answer: JsonRecord): Message[] {
  const records = decodeMessages(answer['records']);
  if (!records) throw new ResponseFormatError('The answer has no records');
  return records;
}

function configurationIn(answer: JsonRecord): MessageStoreConfiguration {
  const retentionPeriod = countOf(answer['retentionPeriod']);
  if (retentionPeriod === undefined) throw new ResponseFormatError('The answer has no retention period');
  return { retentionPeriod };
}
