import type { MessageType } from '../../api/schema';
import type { MessageFilter } from '../query';

/** What the values of `type:` stand for. Multimedia messages are texts with something attached. */
export const TYPE_WORDS: Readonly<Record<string, readonly MessageType[]>> = {
  voicemail: ['VoiceMail'],
  fax: ['Fax'],
  sms: ['SMS'],
  mms: ['SMS'],
  text: ['SMS', 'Pager', 'Text'],
  pager: ['Pager'],
};

/** What the values of `is:` stand for. */
export const IS_WORDS: Readonly<Record<string, MessageFilter>> = {
  unread: { readStatus: 'Unread' },
  read: { readStatus: 'Read' },
  urgent: { priority: 'High' },
  failed: { failed: true },
  sent: { direction: 'Outbound' },
  received: { direction: 'Inbound' },
  latest: { latestPerConversation: true },
};

/** The keys of the language, with their values as far as these can be listed. */
export const SEARCH_KEYS: Readonly<Record<string, readonly string[]>> = {
  from: [],
  to: [],
  type: Object.keys(TYPE_WORDS),
  is: Object.keys(IS_WORDS),
  has: ['attachment'],
  before: ['today', 'yesterday'],
  after: ['today', 'yesterday', '7d'],
  on: ['today', 'yesterday'],
  in: ['messages', 'deleted'],
  owner: ['me', 'shared'],
  number: [],
  conversation: [],
  latest: ['yes'],
};
