import type { Anchor } from './messageList';

/** What the page of a conversation keeps over reloads of the window. */
export interface KeptState {
  /** Where the reader was; undefined at the end. */
  readonly place?: Anchor;
  readonly current?: string;
  readonly selected: readonly string[];
  readonly deleted: boolean;
  /** What was being looked for, and the message that was found. */
  readonly find?: { readonly text: string; readonly messageId?: string };
}

/** @param kept whatever VS Code has kept, possibly for an older version of the page */
export function keptState(kept: unknown): KeptState {
  const { place, current, selected, deleted, find } = fields(kept);
  const anchor = fields(place);
  const { text, messageId } = fields(find);
  return {
    selected: Array.isArray(selected) ? selected.filter((id) => typeof id === 'string') : [],
    deleted: deleted === true,
    ...(typeof current === 'string' && { current }),
    ...(isAnchor(anchor) && { place: anchor }),
    ...(typeof text === 'string' && {
      find: { text, ...(typeof messageId === 'string' && { messageId }) },
    }),
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isAnchor(value: object): value is Anchor {
  const { messageId, index, offset } = value as Partial<Record<keyof Anchor, unknown>>;
  return typeof messageId === 'string' && typeof index === 'number' && typeof offset === 'number';
}
