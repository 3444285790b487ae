/**
 * The Message Store's data as the rest of the extension sees it: RingCentral's names, every id a string, and nothing
 * but `id` and `availability` taken for granted, because any field can be missing and any enum can grow a value.
 */

/** Accepts the values known today and any that the server adds later, keeping completion for the known ones. */
export type Open<Known extends string> = Known | (string & {});

export type MessageType = Open<'Fax' | 'SMS' | 'VoiceMail' | 'Pager' | 'Text'>;
export type Availability = 'Alive' | 'Deleted' | 'Purged';
export type Direction = Open<'Inbound' | 'Outbound'>;
export type ReadStatus = 'Read' | 'Unread';
export type Priority = Open<'Normal' | 'High'>;
export type MessageStatus = Open<
  'Queued' | 'Sent' | 'Delivered' | 'DeliveryFailed' | 'SendingFailed' | 'Received'
>;
export type TranscriptionStatus = Open<
  'NotAvailable' | 'InProgress' | 'TimedOut' | 'Completed' | 'CompletedPartially' | 'Failed' | 'Unknown'
>;
export type AttachmentType = Open<
  'AudioRecording' | 'AudioTranscription' | 'Text' | 'SourceDocument' | 'RenderedDocument' | 'MmsAttachment'
>;

/** One side of a message (`from`, or an entry of `to`). */
export interface Party {
  readonly name?: string;
  /** Usually E.164 digits, sometimes with the database's formatting; never relied on for identity without normalizing. */
  readonly phoneNumber?: string;
  /**
   * `phoneNumber` as its account reads it, where that is not at home in the default country: see `readPhoneNumber`. Stores
   * add it to what they show; the server sends no such thing.
   */
  readonly reading?: { readonly key: string; readonly text: string };
  /** Short internal number, 3 or 4 digits as a rule. */
  readonly extensionNumber?: string;
  readonly extensionId?: string;
  /** City and state, where the server can tell them from the number. */
  readonly location?: string;
  /** In `to` of a group MMS: this recipient is us. */
  readonly target?: boolean;
  readonly messageStatus?: MessageStatus;
  readonly faxErrorCode?: string;
}

export interface Attachment {
  readonly id: string;
  /**
   * Usually absolute and of the media host, but old records carry a platform URI or plain `http:`; where the server gives
   * none, the path by which `readMessageContent` finds it.
   */
  readonly uri?: string;
  readonly type?: AttachmentType;
  readonly contentType?: string;
  readonly fileName?: string;
  /** Bytes. */
  readonly size?: number;
  /** Seconds; voicemail only. */
  readonly vmDuration?: number;
  /** Pixels. */
  readonly width?: number;
  /** Pixels. */
  readonly height?: number;
}

/** The extension that owns a shared message. */
export interface Owner {
  readonly extensionId?: string;
  readonly extensionType?: string;
  readonly name?: string;
}

/** A message record. A deleted or purged record may come from ISync as `id` and `availability` alone. */
export interface Message {
  readonly id: string;
  readonly availability: Availability;
  /** The server does not say: it is shown as alive, but that proves nothing. */
  readonly isAvailabilityAssumed?: true;
  readonly type?: MessageType;
  readonly conversationId?: string;
  readonly direction?: Direction;
  readonly readStatus?: ReadStatus;
  readonly priority?: Priority;
  readonly messageStatus?: MessageStatus;
  /** ISO 8601, in UTC with milliseconds. */
  readonly creationTime?: string;
  /** ISO 8601, in UTC with milliseconds. */
  readonly lastModifiedTime?: string;
  /** For SMS and Pager the text, which may be cut for long inbound messages. */
  readonly subject?: string;
  readonly from?: Party;
  readonly to: readonly Party[];
  readonly attachments: readonly Attachment[];
  readonly deliveryErrorCode?: string;
  readonly faxPageCount?: number;
  readonly faxResolution?: Open<'High' | 'Low'>;
  readonly coverPageText?: string;
  readonly vmTranscriptionStatus?: TranscriptionStatus;
  /** What was said in a voicemail. Stores add it to what they show once it was fetched; the server sends no such thing. */
  readonly transcription?: string;
  readonly owner?: Owner;
  readonly pgToDepartment?: boolean;
}

export interface MessageStoreConfiguration {
  /** Days, 7 to 90; applies to fax and voicemail only. */
  readonly retentionPeriod: number;
}

/** The signed-in extension, as `GET /restapi/v1.0/account/~/extension/~` describes it. */
export interface Extension {
  readonly id: string;
  readonly accountId?: string;
  readonly name?: string;
  readonly extensionNumber?: string;
  /** Where it is at home (ISO 3166, two capital letters). */
  readonly country?: string;
}
