import type { SQLInputValue } from '../../../storage/statements';
import type { GroupKey } from '../../group';
import type { MessageFilter, MessageQuery, Presence } from '../../query';
import { numberSpelling } from '../../search/searchable';
import { prepareTerms } from '../../search/terms';
import { spanRange } from '../dateSpans';
import type { QueryContext } from '../queryContext';
import { fullTextQuery, tokenQuery } from './fullTextQuery';

/** A condition on messages: SQL with its parameters, in their order. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Whether every message passes the filter. */
export function isPlain(filter: MessageFilter): boolean {
  return Object.values(filter).every((value) => value === undefined || value === false);
}

/** What a query wants of a row of the table `message`. */
export function conditionOf(
  { availability, filter, group }: MessageQuery,
  { now, country }: QueryContext,
): Condition {
  const chosen = (row: string): Condition[] => [
    isPresent(availability, row),
    ...filterConditions(filter, row, country),
  ];
  return all([
    ...chosen('message'),
    ...(filter.latestPerConversation ? [isLatestOf(chosen('later'))] : []),
    ...(group ? [groupCondition(group, typeColumn(filter, 'message'), now)] : []),
  ]);
}

function isPresent(presence: Presence, row: string): Condition {
  return presence === 'AliveOrDeleted'
    ? { sql: `${row}.availability IN ('Alive', 'Deleted')`, values: [] }
    : { sql: `${row}.availability = ?`, values: [presence] };
}

export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

export function createdIn(since: number, until: number): Condition {
  return { sql: 'message.time >= ? AND message.time < ?', values: [since, until] };
}

function filterConditions(filter: MessageFilter, row: string, country: string | undefined): Condition[] {
  const conditions: Condition[] = [];
  const want = (sql: string, ...values: SQLInputValue[]): void => {
    conditions.push({ sql: `${row}.${sql}`, values });
  };
  const { readStatus, types, direction, since, until, phoneNumber, conversationId, owner } = filter;
  const { hasAttachment, priority, failed } = filter;
  // Written out, because only then the index of what is unread is thought of.
  if (readStatus !== undefined) want(readStatus === 'Unread' ? 'unread = 1' : 'unread = 0');
  if (types) {
    const sql = `${typeColumn(filter, row)} IN (SELECT value FROM json_each(?))`;
    conditions.push({ sql, values: [JSON.stringify(types)] });
  }
  if (direction !== undefined) want('outbound = ?', Number(direction === 'Outbound'));
  if (since !== undefined) want('time >= ?', since);
  if (until !== undefined) want('time < ?', until);
  if (conversationId !== undefined) want('conversation = ?', conversationId);
  if (owner === 'Personal' || owner === 'Shared') want('shared = ?', Number(owner === 'Shared'));
  else if (owner) want('owner = ?', owner.extensionId);
  if (hasAttachment !== undefined) want('attachment = ?', Number(hasAttachment));
  if (priority !== undefined) want('priority = ?', priority);
  if (failed !== undefined) want('failed = ?', Number(failed));
  const terms = fullTextQuery(prepareTerms(filter.terms ?? []));
  const number = phoneNumber === undefined ? '' : tokenQuery(numberSpelling(phoneNumber, country));
  const match = [terms, number].filter(Boolean).join(' AND ');
  if (match) want('id IN (SELECT rowid FROM search WHERE search MATCH ?)', match);
  return conditions;
}

function isLatestOf(conditions: readonly Condition[]): Condition {
  const { sql, values } = all(conditions);
  return {
    sql: `NOT EXISTS (SELECT 1 FROM message later WHERE later.conversation = message.conversation
      AND (later.time, later.id) > (message.time, message.id) AND ${sql})`,
    values,
  };
}

/**
 * With a sign, no index of types is thought of: what is unread is far less than all of a type, and has an index with the
 * type in it.
 */
function typeColumn({ readStatus }: MessageFilter, row: string): string {
  return readStatus === 'Unread' ? `+${row}.type` : `${row}.type`;
}

function groupCondition(group: GroupKey, type: string, now: number): Condition {
  switch (group.kind) {
    case 'type':
      return { sql: `${type} = ?`, values: [group.type] };
    case 'thread':
      return { sql: 'message.type = ? AND message.thread = ?', values: [group.type, group.thread] };
    case 'party':
      return { sql: 'message.party = ?', values: [group.party] };
    case 'date': {
      const { since, until } = spanRange(group.span, now);
      return createdIn(since, until);
    }
  }
}
