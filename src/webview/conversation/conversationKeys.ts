/** What keys do in the list of messages. */
export interface KeyEvents {
  /** From one message to another: so many further, or to an end. */
  onMove(move: Move, extend: boolean): void;
  onToggle(): void;
  onSelectAll(): void;
  /** Once, however long the key is held: the next message is not meant. */
  onDelete(): void;
  onCopy(): void;
  /** @returns whether there is anything to do */
  onEscape(): boolean;
  onFind(): void;
  onFindNext(step: 1 | -1): void;
}

export type Move = { readonly by: number } | { readonly page: 1 | -1 } | 'first' | 'last';

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: { by: -1 },
  ArrowDown: { by: 1 },
  PageUp: { page: -1 },
  PageDown: { page: 1 },
  Home: 'first',
  End: 'last',
};

/** Hears the keys of the page before VS Code does, which has a find box of its own, for one. */
export function hearKeys(list: HTMLElement, events: KeyEvents, signal: AbortSignal): void {
  const hear = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('keydown', hear, { signal, capture: true });

  function act(event: KeyboardEvent): boolean {
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && event.key.toLowerCase() === 'f' && !event.shiftKey) {
      events.onFind();
      return true;
    }
    if (event.key === 'F3') {
      events.onFindNext(event.shiftKey ? -1 : 1);
      return true;
    }
    const { target } = event;
    // A player has keys of its own.
    if (target instanceof HTMLMediaElement) return false;
    // Before anything in the page has the focus, its keys are those of the list.
    const isInList = target === document.body || (target instanceof Node && list.contains(target));
    if (!isInList) return false;
    return withControl ? actWithControl(event) : actOnMessage(event);
  }

  function actWithControl({ key, metaKey, target, repeat }: KeyboardEvent): boolean {
    switch (key.toLowerCase()) {
      case 'a':
        events.onSelectAll();
        return true;
      case 'c':
        // Words that were marked with the mouse are what is meant.
        if (getSelection()?.isCollapsed === false) return false;
        events.onCopy();
        return true;
      case 'backspace':
        if (!metaKey) return false;
        if (!repeat) events.onDelete();
        return true;
      case ' ':
        if (isControl(target)) return false;
        events.onToggle();
        return true;
      case 'home':
      case 'end':
        events.onMove(key.toLowerCase() === 'home' ? 'first' : 'last', false);
        return true;
      default:
        return false;
    }
  }

  function actOnMessage({ key, shiftKey, target, repeat }: KeyboardEvent): boolean {
    const move = MOVES[key];
    if (move !== undefined) {
      events.onMove(move, shiftKey);
      return true;
    }
    switch (key) {
      case ' ':
        if (isControl(target)) return false;
        events.onToggle();
        return true;
      case 'Delete':
        if (shiftKey) return false;
        if (!repeat) events.onDelete();
        return true;
      case 'Escape':
        return events.onEscape();
      default:
        return false;
    }
  }
}

/** A button or link in a message takes some keys itself. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input') !== null;
}
