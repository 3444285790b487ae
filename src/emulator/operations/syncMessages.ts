import { SECOND } from '../clock';
import type { EmulatorContext } from '../context';
import { firstOfEachConversation, matcher, type MessageFilter, ownerParameters, readFilter } from '../filter';
import type { EmulatorRequest, Reply } from '../http';
import type { Query } from '../query';
import type { StoredMessage } from '../record';
import { recordsReply } from '../recordsReply';
import { invalidParameter } from '../requestError';
import type { SyncFrame } from '../syncTokens';
import { compareAge } from '../timeline';
import { readRange } from './listMessages';

/** Changes this much older than the last synchronization come again, lest one be missed. */
const OVERLAP = 5 * SECOND;

interface Selection {
  readonly messages: readonly StoredMessage[];
  readonly olderRecordsExist: boolean;
}

/** `syncMessages`: FSync gives the messages of a frame and a token for it, ISync what has changed in it since. */
export function syncMessages(request: EmulatorRequest, context: EmulatorContext): Promise<Reply> {
  const { query } = request;
  const syncType =
    query.oneOf('syncType', ['FSync', 'ISync']) ?? (query.string('syncToken') ? 'ISync' : 'FSync');
  const recordCount = query.integer('recordCount', 1);
  const time = context.clock.now();

  let frame: SyncFrame;
  let selection: Selection;
  if (syncType === 'FSync') {
    const { from, to } = readRange(query, time);
    frame = { filter: readFilter(query, context.features), dateFrom: from, dateTo: to };
    selection = newestOf(frame, recordCount, context);
  } else {
    const token = query.string('syncToken');
    if (token === undefined) throw invalidParameter('syncToken');
    const last = context.syncTokens.open(token);
    // The feature may have been taken away since.
    const refused = context.features.firstRefused(ownerParameters(last.frame.filter));
    if (refused !== undefined) throw invalidParameter(refused);
    refuseOtherFilters(query, last.frame.filter, context);
    frame = {
      filter: last.frame.filter,
      dateFrom: query.date('dateFrom') ?? last.frame.dateFrom,
      dateTo: query.date('dateTo') ?? last.frame.dateTo,
    };
    if (frame.dateTo !== undefined && frame.dateFrom > frame.dateTo) throw invalidParameter('dateFrom');
    selection = changesOf(frame, last.frame, last.time - OVERLAP, recordCount, context);
  }

  const uri = new URL(request.url);
  uri.searchParams.delete('access_token');
  return recordsReply(
    { uri: uri.href },
    selection.messages.map(
      (message) => () =>
        message.availability === 'Alive' ? context.wire.listed(message) : context.wire.removed(message),
    ),
    {
      syncInfo: {
        syncType,
        syncToken: context.syncTokens.seal({ frame, time }),
        syncTime: new Date(time).toISOString(),
        olderRecordsExist: selection.olderRecordsExist,
      },
    },
  );
}

/** The newest living messages of a frame. */
function newestOf(frame: SyncFrame, recordCount: number | undefined, context: EmulatorContext): Selection {
  const found = [...livingIn(frame, context)];
  const wanted = recordCount === undefined ? found.length : recordCount + context.settings.surplusRecords;
  const count = Math.min(wanted, context.deviations.mostRecords);
  return { messages: found.slice(0, count), olderRecordsExist: found.length > count };
}

/**
 * What has changed in a frame since `since`, and what it has that the frame of the token had not: a request with a
 * record count gets that many of the newest, one with a larger range the messages outside the old one.
 */
function changesOf(
  frame: SyncFrame,
  known: SyncFrame,
  since: number,
  recordCount: number | undefined,
  context: EmulatorContext,
): Selection {
  const found = new Set<StoredMessage>();
  const matches = matcher(frame.filter);
  for (const message of context.mailbox.changedSince(since)) {
    if (isWithin(frame, message) && matches(message) && isWanted(message, frame, context)) found.add(message);
  }
  let olderRecordsExist = false;
  if (recordCount !== undefined) {
    const newest = newestOf(frame, recordCount, context);
    for (const message of newest.messages) found.add(message);
    olderRecordsExist = newest.olderRecordsExist;
  } else {
    for (const message of widening(frame, known, context)) found.add(message);
  }
  return { messages: [...found].sort((a, b) => compareAge(b, a)), olderRecordsExist };
}

/** The living messages of `frame` that lie before or after `known`. */
function* widening(
  frame: SyncFrame,
  known: SyncFrame,
  context: EmulatorContext,
): Generator<StoredMessage, undefined> {
  if (frame.dateFrom < known.dateFrom) yield* livingIn({ ...frame, dateTo: known.dateFrom }, context);
  const { dateTo = Infinity } = frame;
  if (known.dateTo !== undefined && dateTo > known.dateTo) {
    yield* livingIn({ ...frame, dateFrom: known.dateTo }, context);
  }
}

/** The living messages that a frame covers, newest first; of each conversation the latest, if it is so filtered. */
function livingIn(frame: SyncFrame, context: EmulatorContext): Iterable<StoredMessage> {
  const { filter, dateFrom, dateTo } = frame;
  const matches = matcher(filter);
  const candidates = context.mailbox.newestFirst({
    from: dateFrom,
    to: dateTo,
    conversationId: filter.conversationId,
  });
  const living = filtered(candidates, (message) => message.availability === 'Alive' && matches(message));
  return filter.distinctConversations ? firstOfEachConversation(living) : living;
}

/** With distinct conversations, changes of all but the latest message of a conversation do not count. */
function isWanted(message: StoredMessage, frame: SyncFrame, context: EmulatorContext): boolean {
  const { conversationId, availability } = message;
  if (!frame.filter.distinctConversations || conversationId === undefined || availability !== 'Alive')
    return true;
  const [latest] = livingIn({ ...frame, filter: { ...frame.filter, conversationId } }, context);
  return message === latest;
}

function isWithin({ dateFrom, dateTo = Infinity, filter }: SyncFrame, message: StoredMessage): boolean {
  const time = Date.parse(message.creationTime);
  const inConversation =
    filter.conversationId === undefined || filter.conversationId === message.conversationId;
  return inConversation && time >= dateFrom && time < dateTo;
}

function* filtered<Item>(items: Iterable<Item>, test: (item: Item) => boolean): Generator<Item, undefined> {
  for (const item of items) if (test(item)) yield item;
}

/** A token is bound to its filters: to repeat them is allowed, to change them is not. */
function refuseOtherFilters(query: Query, filter: MessageFilter, { features }: EmulatorContext): void {
  for (const [name, value] of Object.entries(readFilter(query, features))) {
    const bound: unknown = filter[name as keyof MessageFilter];
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(bound)) throw invalidParameter(name);
  }
}
