import type { MediaType } from '../formats/mediaTypes';
import type { Moment } from '../util/moment';
import type { Availability, Direction, Message, MessageType, Open, ReadStatus } from './schema';

/**
 * Shared messages by the extension that owns them: a word, or ids of extensions. Supported only where the feature
 * SharedVoicemail or CallQueueSmsRecipient is available (see `readFeatures`).
 */
type OwnerFilter = 'Any' | 'Personal' | 'Shared' | readonly string[];

interface CommonFilters {
  readonly conversationId?: string;
  /** ISO 8601; the server's default is now. */
  readonly dateTo?: string;
  readonly direction?: readonly Direction[];
  /** Only the latest message of each conversation. */
  readonly distinctConversations?: boolean;
  readonly messageType?: readonly MessageType[];
  readonly owner?: OwnerFilter;
  readonly ownerExtensionType?: readonly string[];
  /** Of voicemails only; deprecated in favor of `owner`. */
  readonly voicemailOwner?: OwnerFilter;
}

export interface ListMessagesParams extends CommonFilters {
  /** ISO 8601. Required, because the server's default is a mere 24 hours before `dateTo`. */
  readonly dateFrom: string;
  /** The server's default is Alive. */
  readonly availability?: readonly Availability[];
  readonly readStatus?: readonly ReadStatus[];
  readonly phoneNumber?: string;
  /** From 1. */
  readonly page?: number;
  /** At most `MAX_RECORDS_PER_PAGE`; the server's default is 100. */
  readonly perPage?: number;
}

export interface MessageList {
  readonly records: readonly Message[];
  readonly paging: {
    readonly page: number;
    readonly perPage: number;
    readonly totalPages?: number;
    readonly totalElements?: number;
  };
  /** Undefined if the answer does not prove either. */
  readonly hasNextPage?: boolean;
}

export interface FullSyncParams extends CommonFilters {
  readonly syncType: 'FSync';
  /** ISO 8601. Required, because the sources disagree on the server's default. */
  readonly dateFrom: string;
  /** The server may return more. */
  readonly recordCount?: number;
}

/** The token carries the filters and dates of the full sync; `dateFrom` and `recordCount` widen its frame. */
export interface IncrementalSyncParams {
  readonly syncType: 'ISync';
  readonly syncToken: string;
  /** ISO 8601. */
  readonly dateFrom?: string;
  readonly recordCount?: number;
}

export type SyncMessagesParams = FullSyncParams | IncrementalSyncParams;

export interface MessageSync {
  /** In an incremental sync the same record can come twice, and a deleted one as id and availability alone. */
  readonly records: readonly Message[];
  readonly syncType: Open<'FSync' | 'ISync'>;
  /** Undefined if the server gives none. */
  readonly syncToken?: string;
  /** When it was asked for: what the server has changed since then is not in it. */
  readonly sentAt: Moment;
  /** ISO 8601. */
  readonly syncTime?: string;
  /** Of a full sync; undefined if the answer does not prove either. */
  readonly olderRecordsExist?: boolean;
}

export interface DeleteOptions {
  /** Skips Deleted: what is purged cannot be restored. */
  readonly purge?: boolean;
  /** See `ApiRequest`. */
  readonly beforeSend?: () => void;
}

export interface DeleteByFilterOptions extends DeleteOptions {
  /** ISO 8601, in UTC: only messages received before. */
  readonly dateTo: string;
  /** The server's default is All. */
  readonly type?: Open<MessageType | 'All'>;
}

/** Bytes, both inclusive; without `end` to the end. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface ReadContentOptions {
  readonly range?: ByteRange;
  readonly etag?: string | undefined;
  readonly contentDisposition?: 'Inline' | 'Attachment';
  readonly contentDispositionFilename?: string;
}

export interface AttachmentContent {
  /** To be read once, or discarded; throws as `MessageStoreApi` does. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Empty if the server does not say. */
  readonly contentType: MediaType;
  /** Bytes that `stream` will give, if the server says. */
  readonly size?: number;
  /** Tells this content from any other that the address had or will have; missing if the server has no such mark. */
  readonly etag?: string;
  /** What `stream` is of the whole; missing if it is the whole, even if a range was asked for. */
  readonly range?: { readonly start: number; readonly end: number; readonly total?: number };
  /** Lets go of `stream` unread. */
  discard(): void;
}
