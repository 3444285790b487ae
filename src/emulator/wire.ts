import { integer } from '../api/json';
import type { Attachment, Party } from '../api/schema';
import { ACCOUNT_ID, EXTENSION } from './account';
import type { Media } from './media';
import type { StoredMessage } from './record';

/** Where the emulator answers, without a slash at the end. */
export interface Origins {
  readonly rest: string;
  readonly media: string;
}

/** UTF-16 units of text that lists and syncs give of an inbound message; single reads give all of it. */
export const LISTED_SUBJECT_LENGTH = 1000;

export const API_PATH = '/restapi/v1.0';
export const ACCOUNT_PATH = `${API_PATH}/account/${ACCOUNT_ID}`;
export const EXTENSION_PATH = `${ACCOUNT_PATH}/extension/${EXTENSION.id}`;

/** Turns stored messages into the records of the API's answers, ready for `JSON.stringify`. */
export class Wire {
  constructor(
    private readonly origins: Origins,
    private readonly media: Media,
  ) {}

  /** The record as lists and syncs give it: long inbound texts are cut. */
  listed(message: StoredMessage): object {
    const { subject, direction } = message;
    if (direction !== 'Inbound' || subject === undefined || subject.length <= LISTED_SUBJECT_LENGTH) {
      return this.record(message);
    }
    return { ...this.record(message), subject: subject.slice(0, LISTED_SUBJECT_LENGTH) };
  }

  /** The record as reads and changes of it give it. */
  record(message: StoredMessage): object {
    const {
      files,
      removedAt,
      oldFormat,
      rendering: _,
      extra,
      id,
      conversationId,
      to,
      attachments,
      ...rest
    } = message;
    return {
      uri: this.uri(id),
      id: integer(id),
      extensionId: EXTENSION.id,
      ...rest,
      ...(conversationId !== undefined && this.#conversation(conversationId, oldFormat)),
      ...(to.length > 0 && { to }),
      attachments:
        message.availability === 'Purged' ? [] : attachments.map((item) => this.#attachment(message, item)),
      ...extra,
    };
  }

  /** The answer to a single read, which the schema wants with the side recipients, at least one. */
  single(message: StoredMessage): object {
    const recipients: readonly Party[] = message.to.length > 0 ? message.to : [{ extensionId: EXTENSION.id }];
    return { ...this.record(message), vmSideRecipients: recipients };
  }

  /** All that an incremental sync says of a message that is Deleted or Purged. */
  removed(message: StoredMessage): object {
    return { id: integer(message.id), availability: message.availability };
  }

  uri(messageId: string): string {
    return `${this.origins.rest}${EXTENSION_PATH}/message-store/${messageId}`;
  }

  #conversation(id: string, oldFormat: true | undefined): object {
    const conversationId = integer(id);
    if (oldFormat) return { conversationId };
    return {
      conversationId,
      conversation: { id, uri: `${this.origins.rest}${API_PATH}/conversation/${id}` },
    };
  }

  #attachment(message: StoredMessage, attachment: Attachment): object {
    const file = message.files.get(attachment.id);
    const size = attachment.size ?? (file && this.media.size(file));
    const origin = message.oldFormat ? this.origins.rest : this.origins.media;
    return {
      ...attachment,
      id: integer(attachment.id),
      uri:
        attachment.uri ?? `${origin}${EXTENSION_PATH}/message-store/${message.id}/content/${attachment.id}`,
      ...(size !== undefined && { size }),
    };
  }
}
