import type { BubbleView, Change, ConversationView, Place } from '../../viewers/conversationProtocol';
import { button } from '../button';
import { element } from '../element';
import { FindBar } from '../findBar';
import { HostError } from '../host';
import { icon } from '../icons';
import type { Page } from '../page';
import { fill } from '../text';
import { ConversationFind } from './conversationFind';
import { ConversationHead } from './conversationHead';
import { ConversationHost } from './conversationHost';
import { hearKeys, type Move } from './conversationKeys';
import { keptState, type KeptState } from './keptState';
import { LoadedPart } from './loadedPart';
import { MessageList, type Anchor, type Marks, type Need } from './messageList';
import { Selection } from './selection';
import { SelectionBar } from './selectionBar';

/** Of what the page keeps over reloads. */
const STATE_NAME = 'conversation';
/** Milliseconds without scrolling before it is kept where the reader is. */
const REST = 200;
/** More is never needed to fill the list; if it does, something is wrong, and the reader scrolls on. */
const MOST_LOADS = 20;

/** A conversation, oldest message on top. It reads from the store of the host whatever the reader comes near. */
export class ConversationPage {
  readonly element: HTMLElement;
  readonly #host: ConversationHost;
  readonly #part: LoadedPart;
  readonly #list: MessageList;
  readonly #head: ConversationHead;
  readonly #findBar: FindBar;
  readonly #find: ConversationFind;
  readonly #selection: Selection;
  readonly #selectionBar: SelectionBar;
  readonly #toUnread: HTMLButtonElement;
  readonly #toEnd: HTMLButtonElement;
  readonly #empty: HTMLElement;
  readonly #loading: HTMLElement;
  readonly #trouble = element('div', { class: 'notice trouble', attributes: { role: 'alert' } });
  readonly #announcements = element('p', { class: 'visually-hidden', attributes: { role: 'status' } });
  readonly #lifetime = new AbortController();
  #view: ConversationView | undefined;
  #filling = false;
  /** Something changed while the messages were being read. */
  #stale = false;
  /** How many times the reader is on the way to somewhere else. */
  #jumps = 0;
  #refreshing = false;
  /** The reader has been where the unread messages begin. */
  #unreadSeen = false;
  /** There are messages below that the reader has not been told of otherwise. */
  #hasNews = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #highlighting = 0;
  /** What the keys that were pressed are for. */
  #keys = Promise.resolve();
  /** What was found before the page was loaded anew. */
  #findFrom: string | undefined;

  constructor(private readonly page: Page) {
    const { strings, host } = page;
    this.#host = new ConversationHost(host);
    this.#part = new LoadedPart((...asked) => this.#host.readPart(...asked));
    this.#list = new MessageList(page, this.#part, {
      onMove: () => this.#moved(),
      restore: (messageId) => void this.#change('restore', [messageId]),
    });
    this.#head = new ConversationHead(strings, {
      onFind: () => this.#findBar.open(),
      onShowDeleted: () => this.#showDeleted(!this.#host.deleted),
      onCopyAs: () => void this.#try(() => this.#host.takeOut('copyAs', undefined)),
      onExport: () => void this.#try(() => this.#host.takeOut('export', undefined)),
    });
    this.#find = new ConversationFind({
      find: (...asked) => this.#host.find(...asked),
      onFound: (found, messageId, reveal) => {
        this.#findBar.show(found);
        this.#list.mark(this.#marks);
        this.#highlight();
        this.#keepState();
        if (reveal && messageId !== undefined) void this.reveal(messageId, { focus: false });
      },
      onFailure: (error) => this.#tell(error),
    });
    this.#findBar = new FindBar(
      strings,
      {
        onQuery: (text) => void this.#find.search(text, this.#findFrom ?? this.#list.anchor?.messageId),
        onMove: (step) => void this.#find.move(step, this.#list.anchor?.messageId),
        onClose: () => this.#closeFind(),
      },
      true,
      strings.findInConversation,
    );
    this.#selection = new Selection(() => this.#selectionChanged());
    const selected = (change: Change) => () => void this.#change(change, this.#selection.ids);
    this.#selectionBar = new SelectionBar(strings, {
      onMarkRead: selected('markRead'),
      onMarkUnread: selected('markUnread'),
      onDelete: selected('delete'),
      onRestore: selected('restore'),
      onCopy: () => void this.#copy(this.#selection.ids),
      onCopyAs: () => void this.#try(() => this.#host.takeOut('copyAs', this.#selection.ids)),
      onExport: () => void this.#try(() => this.#host.takeOut('export', this.#selection.ids)),
      onClear: () => this.#clearSelection(),
    });
    this.#loading = element('p', {
      class: 'loading',
      text: strings.loading,
      attributes: { role: 'status' },
    });
    this.#toUnread = floating('up', '', () => void this.#goToUnread());
    this.#toEnd = floating('down', strings.newMessages, () => void this.#goToEnd());
    this.#empty = element('div', {
      class: 'state',
      attributes: { role: 'status' },
      children: [
        icon('trash'),
        element('p', { class: 'state-title', text: strings.allDeleted }),
        button({ label: strings.showDeleted, onClick: () => this.#showDeleted(true) }),
      ],
    });
    this.#empty.hidden = true;
    this.#trouble.hidden = true;
    this.element = element('div', {
      class: 'conversation',
      children: [
        this.#head.element,
        this.#findBar.element,
        this.#trouble,
        element('div', {
          class: 'messages-frame',
          children: [this.#toUnread, this.#loading, this.#list.element, this.#empty, this.#toEnd],
        }),
        this.#selectionBar.element,
        this.#announcements,
      ],
    });
    this.#hear();
  }

  /**
   * Shows the conversation, or tells of what has become of it. The page's element must be in the document.
   * @param target id of the message to begin at, instead of the end, or of where the reader was
   */
  show(view: ConversationView, target?: string): void {
    const before = this.#view;
    this.#view = view;
    if (before && view.unread && before.unread?.messageId !== view.unread.messageId) this.#unreadSeen = false;
    this.#head.show(view, this.#host.deleted);
    if (!before) void this.#begin(target);
    else {
      this.#tellNews(before, view);
      void this.#refresh();
    }
  }

  /** Brings a message into sight, wherever in the conversation it is. */
  async reveal(messageId: string, { focus = true } = {}): Promise<void> {
    if (this.#part.indexOf(messageId) === undefined) {
      const place = { kind: 'message', messageId } as const;
      if (!(await this.#open(place)) || this.#part.indexOf(messageId) === undefined) return;
    }
    this.#list.setCurrent(messageId, focus);
    this.#list.reveal(messageId);
    void this.#fill();
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#lifetime.abort();
    this.#list.dispose();
    this.#find.clear();
    clearTimeout(this.#resting);
  }

  get #marks(): Marks {
    const unread = this.#view?.unread;
    return {
      otherSide: this.#view?.title ?? '',
      unread: unread && { messageId: unread.messageId, text: this.#unreadText(unread.count) },
      isSelected: (messageId) => this.#selection.has(messageId),
      found: this.#find.messageId,
    };
  }

  #unreadText(count: number): string {
    const { unreadOne, unreadMany } = this.page.strings;
    return count === 1 ? unreadOne : fill(unreadMany, count.toLocaleString());
  }

  /** The page was loaded: goes to `target`, or on with what was kept. */
  async #begin(target: string | undefined): Promise<void> {
    const kept = keptState(this.page.state.get(STATE_NAME));
    this.#host.deleted = kept.deleted;
    if (this.#view) this.#head.show(this.#view, kept.deleted);
    this.#selection.replace(kept.selected, kept.current);
    if (target !== undefined) await this.reveal(target);
    else await this.#open(placeOf(kept.place), kept.place ?? 'end');
    void this.#fill();
    this.#list.setCurrent(target ?? kept.current ?? this.#part.bubbles.at(-1)?.messageId, false);
    if (kept.find && target === undefined) {
      this.#findFrom = kept.find.messageId;
      this.#findBar.open(kept.find.text);
      this.#findFrom = undefined;
    }
    void this.#pruneSelection();
  }

  #hear(): void {
    const { signal } = this.#lifetime;
    hearKeys(
      this.#list.element,
      {
        onMove: (move, extend) => this.#inOrder(() => this.#move(move, extend)),
        onToggle: () =>
          this.#inOrder(() => {
            const { focused } = this.#list;
            if (focused !== undefined) this.#selection.toggle(focused);
          }),
        onSelectAll: () => this.#inOrder(() => this.#selectAll()),
        onDelete: () => this.#inOrder(() => void this.#change('delete', this.#chosen)),
        onCopy: () => this.#inOrder(() => void this.#copy(this.#chosen)),
        onEscape: () => {
          const hadAny = this.#selection.size > 0;
          this.#selection.clear();
          return hadAny;
        },
        onFind: () => this.#findBar.open(),
        onFindNext: (step) => {
          if (this.#findBar.element.hidden) this.#findBar.open();
          else void this.#find.move(step, this.#list.anchor?.messageId);
        },
      },
      signal,
    );
    this.#list.feed.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.#list.feed.addEventListener(
      'focusin',
      ({ target }) => {
        const messageId = messageOf(target);
        if (messageId !== undefined) this.#list.setCurrent(messageId, false);
      },
      { signal },
    );
    // Whole texts arrive later than their messages.
    const texts = new MutationObserver(() => this.#highlight());
    texts.observe(this.#list.feed, { childList: true, subtree: true });
    signal.addEventListener('abort', () => texts.disconnect());
  }

  /** Does what a key is for when what the keys before it are for is done: it means what is chosen then. */
  #inOrder(work: () => Promise<void> | void): void {
    this.#keys = this.#keys.then(work).catch((error: unknown) => this.#tell(error));
  }

  // Reading.

  /**
   * Goes somewhere else in the conversation. Nothing else is read meanwhile, which would be for where the reader was.
   * @param where the reader shall be then; the caller brings something into sight if it is not given
   */
  async #open(place: Place, where?: Anchor | 'end'): Promise<boolean> {
    this.#jumps++;
    try {
      const isShown = await this.#try(
        () => this.#part.open(place),
        () => void this.#open(place, where),
      );
      if (isShown !== true) return false;
      this.#paint(where);
      return true;
    } finally {
      this.#jumps--;
      if (this.#stale) void this.#refresh();
    }
  }

  /** Reads what is missing around the reader. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let loads = 0; loads < MOST_LOADS; loads++) {
        const { need } = this.#list;
        if (need === undefined || this.#jumps > 0 || this.#lifetime.signal.aborted) break;
        const isShown = await this.#try(() => this.#load(need));
        if (isShown === undefined) break;
        if (isShown) this.#paint();
      }
    } finally {
      this.#filling = false;
    }
  }

  #load(need: Need): Promise<boolean> {
    return typeof need === 'object'
      ? this.#part.open({ kind: 'index', index: need.index })
      : this.#part.extend(need);
  }

  /** Reads again what the page shows; what changes meanwhile is read once more. */
  async #refresh(): Promise<void> {
    this.#stale = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      while (this.#stale && this.#jumps === 0 && !this.#lifetime.signal.aborted) {
        this.#stale = false;
        const { atEnd, anchor } = this.#list;
        const isShown = await this.#try(
          () => this.#part.refresh(atEnd ? undefined : anchor?.messageId),
          () => void this.#refresh(),
        );
        if (isShown) this.#paint();
      }
    } finally {
      this.#refreshing = false;
    }
    void this.#fill();
    void this.#pruneSelection();
    void this.#find.refresh();
  }

  #paint(where?: Anchor | 'end'): void {
    if (this.#lifetime.signal.aborted) return;
    this.#loading.remove();
    this.#list.show(this.#marks, where);
    this.#empty.hidden = this.#part.total > 0;
    this.#list.element.hidden = this.#part.total === 0;
    this.#showButtons();
  }

  #showDeleted(deleted: boolean): void {
    this.#host.deleted = deleted;
    if (this.#view) this.#head.show(this.#view, deleted);
    this.#selectionBar.show(this.#selection.size, deleted);
    this.#keepState();
    void this.#refresh();
  }

  // Going about.

  #moved(): void {
    void this.#fill();
    this.#showButtons();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#keepState(), REST);
  }

  #showButtons(): void {
    const unread = this.#view?.unread;
    if (unread && this.#list.isInSight(unread.messageId)) this.#unreadSeen = true;
    this.#toUnread.hidden = !unread || this.#unreadSeen || this.#part.total === 0;
    if (unread) setLabel(this.#toUnread, this.#unreadText(unread.count));
    if (this.#list.atEnd) this.#hasNews = false;
    const isFar = this.#part.total - this.#part.end > 0;
    this.#toEnd.hidden = !this.#hasNews && !isFar;
    setLabel(this.#toEnd, this.#hasNews ? this.page.strings.newMessages : this.page.strings.toNewest);
  }

  async #goToUnread(): Promise<void> {
    const messageId = this.#view?.unread?.messageId;
    this.#unreadSeen = true;
    if (messageId !== undefined) await this.reveal(messageId);
    this.#showButtons();
  }

  async #goToEnd(): Promise<void> {
    if (this.#part.end === this.#part.total) this.#list.scrollToEnd();
    else await this.#open({ kind: 'end' }, 'end');
    this.#list.setCurrent(this.#part.bubbles.at(-1)?.messageId, false);
    this.#list.feed.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    this.#showButtons();
  }

  async #move(move: Move, extend: boolean): Promise<void> {
    const { total } = this.#part;
    const from = this.#currentIndex;
    // The first key only shows where one is.
    const isStep = typeof move === 'object' && 'by' in move && this.#list.focused !== undefined;
    const after = isStep || typeof move !== 'object' || 'page' in move ? this.#indexAfter(move, from) : from;
    const index = Math.max(0, Math.min(total - 1, after));
    if (total === 0) return;
    if (!this.#part.at(index) && !(await this.#open({ kind: 'index', index }))) return;
    const messageId = this.#part.at(index)?.messageId;
    if (messageId === undefined) return;
    const before = this.#list.current;
    this.#list.setCurrent(messageId, true);
    void this.#fill();
    if (extend) await this.#selectTo(messageId, before);
    else this.#selection.beginAt(messageId);
  }

  /** Where the keys are: at the current message, or where the reader has scrolled to while that is not there. */
  get #currentIndex(): number {
    const { current, anchor } = this.#list;
    const index = current === undefined ? undefined : this.#part.indexOf(current);
    return index ?? anchor?.index ?? this.#part.total;
  }

  #indexAfter(move: Move, from: number): number {
    if (move === 'first') return 0;
    if (move === 'last') return this.#part.total - 1;
    return 'by' in move ? from + move.by : from + move.page * this.#list.pageLength;
  }

  // Selecting.

  /** What an action by key is meant for: never anything that one does not see to be chosen. */
  get #chosen(): readonly string[] {
    if (this.#selection.size > 0) return this.#selection.ids;
    const { focused } = this.#list;
    return focused === undefined ? [] : [focused];
  }

  #clicked(event: MouseEvent): void {
    const { target, shiftKey, ctrlKey, metaKey } = event;
    const messageId = messageOf(target);
    if (messageId === undefined || !(target instanceof Element)) return;
    const isCheckbox = target.matches('.select');
    if (!isCheckbox && target.closest('a, button')) return;
    if (shiftKey && this.#selection.anchor !== undefined) {
      getSelection()?.removeAllRanges();
      void this.#selectTo(messageId, undefined);
    } else if (isCheckbox || ctrlKey || metaKey) this.#selection.toggle(messageId);
    else this.#selection.beginAt(messageId);
    this.#list.setCurrent(messageId, isCheckbox);
  }

  /** Selects from where the range began to a message. @param start where it begins if nothing has begun one */
  async #selectTo(messageId: string, start: string | undefined): Promise<void> {
    const anchor = this.#selection.anchor ?? start ?? messageId;
    const [a, b] = [this.#part.indexOf(anchor), this.#part.indexOf(messageId)];
    const { bubbles, start: offset } = this.#part;
    const ids =
      a !== undefined && b !== undefined
        ? bubbles.slice(Math.min(a, b) - offset, Math.max(a, b) - offset + 1).map((each) => each.messageId)
        : await this.#try(() => this.#host.listIds([anchor, messageId]));
    // One end of the range may be gone.
    if (ids) this.#selection.replace(ids.length > 0 ? ids : [messageId], anchor);
  }

  async #selectAll(): Promise<void> {
    const ids = await this.#try(() => this.#host.listIds());
    if (ids) this.#selection.replace(ids);
  }

  /** Only what is shown is selected. */
  async #pruneSelection(): Promise<void> {
    const asked = this.#selection.ids;
    if (asked.length === 0) return;
    const kept = await this.#try(() => this.#host.keepIds(asked));
    if (kept) this.#selection.retain(asked, kept);
  }

  #selectionChanged(): void {
    this.#list.mark(this.#marks);
    this.element.classList.toggle('selecting', this.#selection.size > 0);
    this.#selectionBar.show(this.#selection.size, this.#host.deleted);
    this.#keepState();
  }

  #clearSelection(): void {
    this.#selection.clear();
    this.#list.setCurrent(this.#list.current, true);
  }

  async #copy(messageIds: readonly string[]): Promise<void> {
    if (messageIds.length > 0) await this.#try(() => this.#host.copyText(messageIds));
  }

  /** Does something to exactly these messages. */
  async #change(change: Change, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    if (change === 'delete' && !this.#host.deleted) this.#leave(new Set(messageIds));
    await this.#try(() => this.#host.change(change, messageIds));
  }

  /** Has the keys go on beside messages that are about to go. */
  #leave(going: ReadonlySet<string>): void {
    const { current } = this.#list;
    const { bubbles } = this.#part;
    if (current === undefined || !going.has(current)) return;
    const index = bubbles.findIndex(({ messageId }) => messageId === current);
    const stays = ({ messageId }: BubbleView): boolean => !going.has(messageId);
    const next = bubbles.slice(index + 1).find(stays) ?? bubbles.slice(0, Math.max(0, index)).findLast(stays);
    if (next) this.#list.setCurrent(next.messageId, this.#list.feed.contains(document.activeElement));
  }

  // Finding.

  #closeFind(): void {
    const found = this.#find.messageId;
    this.#find.clear();
    this.#list.mark(this.#marks);
    this.#keepState();
    this.#list.setCurrent(found ?? this.#list.current, true);
  }

  #highlight(): void {
    if (this.#find.text === '' || this.#highlighting !== 0) return;
    this.#highlighting = requestAnimationFrame(() => {
      this.#highlighting = 0;
      this.#find.highlight(this.#list.texts);
    });
  }

  // Telling.

  #tellNews({ newest: before }: ConversationView, { newest, title }: ConversationView): void {
    const isNew =
      newest !== undefined &&
      newest.messageId !== before?.messageId &&
      Date.parse(newest.time ?? '') >= Date.parse(before?.time ?? newest.time ?? '');
    if (!isNew || newest.side !== 'theirs') return;
    if (!this.#list.atEnd) this.#hasNews = true;
    const text = newest.text.text || newest.attachments.map(({ name }) => name).join(', ');
    this.#announcements.textContent = fill(this.page.strings.newMessageFrom, newest.sender ?? title, text);
  }

  /**
   * Does something that may fail, and says so if it does.
   * @returns undefined if it failed
   */
  async #try<T>(work: () => Promise<T>, retry?: () => void): Promise<T | undefined> {
    try {
      const result = await work();
      this.#trouble.hidden = true;
      return result;
    } catch (error) {
      this.#tell(error, retry);
      return undefined;
    }
  }

  #tell(error: unknown, retry?: () => void): void {
    if (this.#lifetime.signal.aborted) return;
    if (!(error instanceof HostError)) console.error(error);
    const { strings } = this.page;
    this.#loading.remove();
    this.#trouble.hidden = false;
    this.#trouble.replaceChildren(
      icon('warning'),
      element('p', { text: error instanceof HostError ? error.message : strings.messagesFailed }),
      ...(retry ? [button({ label: strings.retry, onClick: retry })] : []),
      button({
        label: strings.dismiss,
        icon: 'close',
        compact: true,
        onClick: () => (this.#trouble.hidden = true),
      }),
    );
  }

  #keepState(): void {
    if (!this.#view) return;
    const { atEnd, anchor, current } = this.#list;
    const { text, messageId } = this.#find;
    const kept: KeptState = {
      selected: this.#selection.ids,
      deleted: this.#host.deleted,
      ...(anchor && !atEnd && { place: anchor }),
      ...(current !== undefined && { current }),
      ...(text && { find: { text, ...(messageId !== undefined && { messageId }) } }),
    };
    this.page.state.set(STATE_NAME, kept);
  }
}

function placeOf(anchor: Anchor | undefined): Place {
  return anchor ? { kind: 'message', messageId: anchor.messageId, index: anchor.index } : { kind: 'end' };
}

/** The message that something in the list belongs to. */
function messageOf(target: EventTarget | null): string | undefined {
  const made = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
  return made?.dataset['message'];
}

function floating(name: 'up' | 'down', label: string, onClick: () => void): HTMLButtonElement {
  const made = button({ label, icon: name, primary: true, onClick });
  made.classList.add('floating', name);
  made.hidden = true;
  return made;
}

function setLabel(target: HTMLButtonElement, text: string): void {
  const label = target.querySelector('span');
  if (label && label.textContent !== text) label.textContent = text;
}
