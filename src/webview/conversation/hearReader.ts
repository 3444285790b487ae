import type { Choosing } from './choosing';
import { hearKeys, type Move } from './conversationKeys';
import type { FindPanel } from './findPanel';
import type { MessageActions } from './messageActions';
import { hearClicks } from './messageClicks';
import type { MessageList } from './messageList';
import type { MessageRows } from './messageRows';
import type { Selection } from './selection';
import type { Walking } from './walking';

/** What keys and clicks are about. */
export interface Heard {
  readonly list: MessageList;
  readonly rows: MessageRows;
  readonly walking: Walking;
  readonly selection: Selection;
  readonly choosing: Choosing;
  readonly actions: MessageActions;
  readonly find: FindPanel;
  /** Does one work after the other. */
  readonly doInOrder: (work: () => Promise<void> | void) => void;
}

/** Does what keys and clicks are for, one after the other: each means what is chosen when those before it are done. */
export function hearReader(heard: Heard, signal: AbortSignal): void {
  const { list, rows, walking, selection, choosing, actions, find, doInOrder } = heard;

  async function move(where: Move, extend: boolean): Promise<void> {
    const before = rows.current;
    const messageId = await walking.go(where, () => doInOrder(() => move(where, extend)));
    if (messageId === undefined) return;
    if (extend) await choosing.selectTo(messageId, before);
    else selection.beginAt(messageId);
  }

  /** Never anything that one does not see to be chosen. */
  function chosen(): readonly string[] {
    if (selection.size > 0) return selection.ids;
    const { focused } = rows;
    return focused === undefined ? [] : [focused];
  }

  hearKeys(
    list.element,
    {
      onMove: (where, extend) => doInOrder(() => move(where, extend)),
      onToggle: () =>
        doInOrder(() => {
          const { focused } = rows;
          if (focused !== undefined) selection.toggle(focused);
        }),
      onSelectAll: () => doInOrder(() => choosing.selectAll()),
      onDelete: () => doInOrder(() => void actions.change('delete', chosen())),
      onCopy: () => doInOrder(() => void actions.copyText(chosen())),
      onEscape: () => {
        const hadAny = selection.size > 0;
        // More may be about to be selected.
        doInOrder(() => selection.clear());
        return hadAny;
      },
      onFind: () => find.open(),
      onFindNext: (step) => find.move(step),
    },
    signal,
  );
  hearClicks(
    rows.element,
    {
      onExtend: (messageId) => {
        if (selection.anchor === undefined) return false;
        doInOrder(async () => {
          await choosing.selectTo(messageId);
          // A checkbox has changed by itself, whatever came of it.
          rows.mark();
        });
        return true;
      },
      onToggle: (messageId) => doInOrder(() => selection.toggle(messageId)),
      onBegin: (messageId) => doInOrder(() => selection.beginAt(messageId)),
      onEnter: (messageId, byCheckbox) => rows.setCurrent(messageId, byCheckbox),
    },
    signal,
  );
}
