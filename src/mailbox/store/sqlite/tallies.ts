import type { GroupLevel } from '../../group';
import type { MessageQuery } from '../../query';
import { isPlain } from './conditions';

/** Which row of the table `tally` counts the messages of a query; undefined if none does. */
export function keptTally({
  availability,
  filter,
  group,
}: MessageQuery): { readonly kind: string; readonly type: string; readonly key: string } | undefined {
  if (availability === 'AliveOrDeleted' || !isPlain(filter) || group?.kind === 'date') return undefined;
  switch (group?.kind) {
    case undefined:
      return { kind: 'all', type: '', key: '' };
    case 'type':
      return { kind: 'type', type: group.type, key: '' };
    case 'thread':
      return { kind: 'thread', type: group.type, key: group.thread };
    case 'party':
      return { kind: 'party', type: '', key: group.party };
  }
}

/** Which rows of the table `tally` are the groups of a level; undefined if these are not counted. */
export function keptGroups(
  { availability, filter, group }: MessageQuery,
  level: GroupLevel,
): { readonly kind: string; readonly type?: string } | undefined {
  if (availability === 'AliveOrDeleted' || !isPlain(filter) || level === 'date') return undefined;
  if (!group) return { kind: level };
  return level === 'thread' && group.kind === 'type' ? { kind: level, type: group.type } : undefined;
}
