import type { Availability, Message, MessageStatus, ReadStatus } from '../api/schema';

/** Where the bytes of an attachment come from. */
export type AttachmentFile =
  | {
      readonly kind: 'file';
      /** Relative to the media directory, with `/` between folders. */
      readonly path: string;
    }
  | { readonly kind: 'text'; readonly text: string };

/**
 * A stored message: the wire record plus what the emulator must know of it. `attachments[].uri` is left out, because
 * only the running server knows its own origins (one that is given is sent as it is); `attachments[].size` is left out
 * where the file tells it.
 */
export interface StoredMessage extends Message {
  availability: Availability;
  readStatus?: ReadStatus;
  messageStatus?: MessageStatus;
  /** In the form of `Date.toISOString`. Every change moves it; synchronization goes by it. */
  lastModifiedTime: string;
  /** In the form of `Date.toISOString`. */
  readonly creationTime: string;
  /** Content by attachment id: one entry for each of `attachments`. */
  readonly files: ReadonlyMap<string, AttachmentFile>;
  /**
   * When the message became Deleted, or Purged, in ms since the epoch; from here the days to the next step of its
   * life cycle count. Without it they count from the last modification.
   */
  removedAt?: number;
  /**
   * A record from the API's earlier days: its conversation is a number only (no `conversation.id`), and the `uri`s of its
   * attachments name the REST origin instead of the media origin.
   */
  readonly oldFormat?: true;
  /** A fax whose pages are still being made: its content is refused with MSG-368. */
  readonly rendering?: boolean;
  /** Further fields of the wire record: what our model does not know, or knows with another type. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
