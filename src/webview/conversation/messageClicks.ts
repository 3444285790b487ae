/** What the mouse does to messages. */
export interface ClickEvents {
  /** Selects from where a range began to it. @returns false if none has been begun */
  onExtend(messageId: string): boolean;
  onToggle(messageId: string): void;
  /** A range that is made from here on begins there. */
  onBegin(messageId: string): void;
  /** It, or something in it, is where one is now. @param byCheckbox it is to have the focus itself */
  onEnter(messageId: string, byCheckbox: boolean): void;
}

/** Hears clicks and the focus in a list of messages; what is made of them, buttons, links and players do themselves. */
export function hearClicks(feed: HTMLElement, events: ClickEvents, signal: AbortSignal): void {
  const clicked = ({ target, shiftKey, ctrlKey, metaKey }: MouseEvent): void => {
    const messageId = messageOf(target);
    if (messageId === undefined || !(target instanceof Element)) return;
    const isCheckbox = target.matches('.select');
    if (!isCheckbox && target.closest('a, button, audio, video')) return;
    // What the browser makes of Shift is a selection of words.
    if (shiftKey && events.onExtend(messageId)) getSelection()?.removeAllRanges();
    else if (isCheckbox || ctrlKey || metaKey) events.onToggle(messageId);
    else events.onBegin(messageId);
    events.onEnter(messageId, isCheckbox);
  };
  const focused = ({ target }: FocusEvent): void => {
    const messageId = messageOf(target);
    if (messageId !== undefined) events.onEnter(messageId, false);
  };
  feed.addEventListener('click', clicked, { signal });
  feed.addEventListener('focusin', focused, { signal });
}

/** The message that something in the list belongs to. */
function messageOf(target: EventTarget | null): string | undefined {
  const made = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
  return made?.dataset['message'];
}
