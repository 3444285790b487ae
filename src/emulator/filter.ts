import { EXTENSION } from './account';
import { type Features, OWNER_PARAMETERS } from './features';
import type { Query } from './query';
import type { StoredMessage } from './record';
import { invalidParameter } from './requestError';

export const MESSAGE_TYPES = ['Fax', 'SMS', 'VoiceMail', 'Pager'] as const;
export const AVAILABILITIES = ['Alive', 'Deleted', 'Purged'] as const;
export const DIRECTIONS = ['Inbound', 'Outbound'] as const;
export const READ_STATUSES = ['Read', 'Unread'] as const;

const OWNER_SCOPES = ['Any', 'Personal', 'Shared'] as const;
const EXTENSION_TYPES = [
  'User',
  'Department',
  'Announcement',
  'Voicemail',
  'DigitalUser',
  'VirtualUser',
  'FaxUser',
  'PagingOnly',
  'SharedLinesGroup',
  'DelegatedLinesGroup',
  'GroupCallPickup',
  'IvrMenu',
  'ApplicationExtension',
  'ProxyAdmin',
  'RoomConnector',
  'ParkLocation',
  'Limited',
  'Bot',
  'Site',
  'Room',
  'FlexibleUser',
  'TieLine',
  'Unknown',
] as const;

/** The parameters by which messages are chosen, apart from time and availability. JSON, because sync tokens carry it. */
export interface MessageFilter {
  readonly conversationId?: string | undefined;
  readonly direction?: readonly string[] | undefined;
  readonly messageType?: readonly string[] | undefined;
  readonly readStatus?: readonly string[] | undefined;
  readonly phoneNumber?: string | undefined;
  readonly owner?: readonly string[] | undefined;
  readonly voicemailOwner?: readonly string[] | undefined;
  readonly ownerExtensionType?: readonly string[] | undefined;
  readonly distinctConversations?: boolean | undefined;
}

/**
 * The filter parameters of `listMessages` and `syncMessages` (which knows neither `readStatus` nor `phoneNumber`).
 * @throws RequestError for an invalid one, or one that needs a feature which the extension has not
 */
export function readFilter(query: Query, features: Features): MessageFilter {
  const refused = features.firstRefused(OWNER_PARAMETERS.filter((name) => query.string(name) !== undefined));
  if (refused !== undefined) throw invalidParameter(refused, query.string(refused));
  return {
    conversationId: query.id('conversationId'),
    direction: query.someOf('direction', DIRECTIONS),
    messageType: query.someOf('messageType', MESSAGE_TYPES),
    owner: readOwner(query, 'owner'),
    voicemailOwner: readOwner(query, 'voicemailOwner'),
    ownerExtensionType: query.someOf('ownerExtensionType', EXTENSION_TYPES),
    distinctConversations: query.boolean('distinctConversations'),
  };
}

/** The names of the parameters in a filter that ask for shared messages. */
export function ownerParameters(filter: MessageFilter): readonly string[] {
  return OWNER_PARAMETERS.filter((name) => filter[name as keyof MessageFilter] !== undefined);
}

/** One of the words of `OWNER_SCOPES`, or ids of extensions. */
export function readOwner(query: Query, name: string): readonly string[] | undefined {
  const values = query.strings(name);
  if (!values || (values.length === 1 && OWNER_SCOPES.some((scope) => scope === values[0]))) return values;
  for (const value of values) if (!/^\d+$/.test(value)) throw invalidParameter(name, value);
  return values;
}

/**
 * A predicate for everything in `filter` but `distinctConversations`, which depends on the other messages, and
 * `conversationId`, by which the mailbox has an index.
 */
export function matcher(filter: MessageFilter): (message: StoredMessage) => boolean {
  const tests: ((message: StoredMessage) => boolean)[] = [ownerMatcher(filter)];
  const { direction, messageType, readStatus, phoneNumber } = filter;
  if (direction) tests.push((message) => contains(direction, message.direction));
  if (messageType) tests.push((message) => contains(messageType, message.type));
  if (readStatus) tests.push((message) => contains(readStatus, message.readStatus));
  if (phoneNumber) {
    const number = significantDigits(phoneNumber);
    tests.push(({ from, to }) =>
      [from, ...to].some((party) => party?.phoneNumber && significantDigits(party.phoneNumber) === number),
    );
  }
  return (message) => tests.every((test) => test(message));
}

/** Whether a message is another extension's, which shares it with this one. */
export function isShared({ owner }: StoredMessage): boolean {
  return owner?.extensionId !== undefined && owner.extensionId !== EXTENSION.id;
}

/**
 * The owner parameters: messages of other extensions that this one shares are left out unless asked for. Asking for
 * types of owner is asking for shared messages.
 */
export function ownerMatcher(filter: MessageFilter): (message: StoredMessage) => boolean {
  const { owner, voicemailOwner, ownerExtensionType } = filter;
  const fallback: readonly string[] = ownerExtensionType ? ['Shared'] : ['Personal'];
  return (message) => {
    const ownerId = message.owner?.extensionId ?? EXTENSION.id;
    const shared = isShared(message);
    if (shared && ownerExtensionType && !contains(ownerExtensionType, message.owner?.extensionType))
      return false;
    const wanted = owner ?? (message.type === 'VoiceMail' ? voicemailOwner : undefined) ?? fallback;
    return (
      wanted.includes('Any') || wanted.includes(shared ? 'Shared' : 'Personal') || wanted.includes(ownerId)
    );
  };
}

/** Drops all but the first message of each conversation; messages without one stay. */
export function* firstOfEachConversation(
  messages: Iterable<StoredMessage>,
): Generator<StoredMessage, undefined> {
  const seen = new Set<string>();
  for (const message of messages) {
    if (message.conversationId !== undefined) {
      if (seen.has(message.conversationId)) continue;
      seen.add(message.conversationId);
    }
    yield message;
  }
}

function contains(values: readonly string[], value: string | undefined): boolean {
  return value !== undefined && values.includes(value);
}

/** Numbers come with and without formatting and the North American country code. */
function significantDigits(phoneNumber: string): string {
  const digits = phoneNumber.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
