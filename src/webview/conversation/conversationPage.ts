import type { ConversationView, Place } from '../../viewers/conversationProtocol';
import { element } from '../element';
import { onNewDay } from '../newDay';
import type { Page } from '../page';
import { atRest } from '../rest';
import { Choosing } from './choosing';
import { ConversationHead } from './conversationHead';
import { ConversationHost } from './conversationHost';
import { FindPanel } from './findPanel';
import { hearReader } from './hearReader';
import { inOrder } from './inOrder';
import { JumpButtons } from './jumpButtons';
import { Keeping } from './keeping';
import { LoadedPart } from './loadedPart';
import { unreadMark, type Marks } from './marks';
import { MessageActions } from './messageActions';
import { MessageList, type Anchor } from './messageList';
import { MessageRows } from './messageRows';
import { MessagesFrame } from './messagesFrame';
import { News, newsText } from './news';
import { Reading } from './reading';
import { Selection } from './selection';
import { SelectionBar } from './selectionBar';
import { Trouble } from './trouble';
import { TroubleNotice } from './troubleNotice';
import { Walking } from './walking';

/** A conversation, oldest message on top. It reads from the store of the host whatever the reader comes near. */
export class ConversationPage {
  readonly element: HTMLElement;
  readonly #lifetime = new AbortController();
  readonly #host: ConversationHost;
  readonly #part: LoadedPart;
  readonly #rows: MessageRows;
  readonly #list: MessageList;
  readonly #reading: Reading;
  readonly #walking: Walking;
  readonly #selection: Selection;
  readonly #choosing: Choosing;
  readonly #find: FindPanel;
  readonly #head: ConversationHead;
  readonly #selectionBar: SelectionBar;
  readonly #jumps: JumpButtons;
  readonly #frame: MessagesFrame;
  readonly #keeping: Keeping;
  readonly #news = new News();
  #view: ConversationView | undefined;

  constructor(private readonly page: Page) {
    const { strings } = page;
    const { signal } = this.#lifetime;
    const focusList = (): void => this.#rows.focus();
    const notice = new TroubleNotice(strings, focusList);
    const trouble = new Trouble(notice, signal);
    const doInOrder = inOrder((error) => trouble.tell(error, 'acting'), signal);
    this.#host = new ConversationHost(page.host);
    this.#part = new LoadedPart((...asked) => this.#host.readPart(...asked));
    this.#rows = new MessageRows(
      page,
      () => this.#marks,
      (id) => void actions.change('restore', [id]),
    );
    const keepSoon = atRest(() => this.#keeping.keep(), signal);
    this.#list = new MessageList(this.#part, this.#rows, () => {
      void this.#reading.fill();
      this.#showJumps();
      keepSoon();
    });
    this.#reading = new Reading(this.#part, this.#list, trouble, signal, () => {
      this.#frame.show(this.#part.total);
      this.#showJumps();
    });
    this.#walking = new Walking(this.#part, this.#list, this.#rows, this.#reading);
    this.#selection = new Selection(() => this.#showSelection());
    this.#choosing = new Choosing(this.#selection, this.#part, this.#host, trouble);
    const actions = new MessageActions(this.#host, trouble);
    this.#find = new FindPanel(
      strings,
      this.#host,
      this.#rows,
      () => new Promise((resolve) => doInOrder(() => resolve(this.#list.anchor?.messageId))),
      {
        onFound: (messageId, reveal) => {
          this.#rows.mark();
          this.#keeping.keep();
          if (!reveal || messageId === undefined) return;
          // Keys that are pressed before the message is loaded mean it, too, even one that ends finding.
          doInOrder(async () => {
            const latest = this.#find.messageId ?? messageId;
            if (latest === messageId) await this.#walking.reveal(messageId, false);
          });
        },
        onFailure: (error) => trouble.tell(error, 'reading'),
        onClose: (messageId) => {
          this.#rows.mark();
          this.#keeping.keep();
          focusList();
          doInOrder(() => this.#rows.setCurrent(messageId ?? this.#rows.current, true));
        },
      },
      signal,
    );
    this.#keeping = new Keeping(page.state, this.#host, this.#list, this.#rows, this.#selection, this.#find);
    this.#head = new ConversationHead(page, actions, {
      onFind: () => this.#find.open(),
      onShowDeleted: () => this.#showDeleted(!this.#host.deleted),
    });
    this.#selectionBar = new SelectionBar(page, this.#selection, actions, focusList);
    this.#jumps = new JumpButtons(strings, {
      onToUnread: () => doInOrder(() => this.#goToUnread()),
      onToEnd: () => doInOrder(() => this.#goToEnd()),
    });
    this.#frame = new MessagesFrame(
      strings,
      this.#list.element,
      this.#jumps,
      () => this.#showDeleted(true),
      focusList,
    );
    this.element = element('div', {
      class: 'conversation',
      children: [
        this.#head.element,
        this.#find.element,
        notice.element,
        this.#frame.element,
        this.#selectionBar.element,
      ],
    });
    hearReader(
      {
        list: this.#list,
        rows: this.#rows,
        walking: this.#walking,
        selection: this.#selection,
        choosing: this.#choosing,
        actions,
        find: this.#find,
        doInOrder,
      },
      signal,
    );
    onNewDay(() => this.#list.show(), page.dates, signal);
  }

  /**
   * Shows the conversation, or tells of what has become of it. The page's element must be in the document.
   * @param target id of the message to begin at, instead of the end, or of where the reader was
   */
  show(view: ConversationView, target?: string): void {
    const before = this.#view;
    this.#view = view;
    if (before && view.unread && before.unread?.messageId !== view.unread.messageId)
      this.#jumps.expectUnread();
    this.#head.show(view, this.#host.deleted);
    this.#tellNews(view);
    if (before) void this.#refresh();
    else void this.#begin(target);
  }

  /** Brings a message into sight, wherever in the conversation it is. */
  async reveal(messageId: string): Promise<void> {
    await this.#walking.reveal(messageId, true);
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#lifetime.abort();
    this.#list.dispose();
    this.#rows.dispose();
  }

  /** The page was loaded: goes to `target`, or on with what was kept. */
  async #begin(target: string | undefined): Promise<void> {
    const { deleted, selected, current, place, find } = this.#keeping.kept;
    this.#host.deleted = deleted;
    if (this.#view) this.#head.show(this.#view, deleted);
    this.#selection.replace(selected, current);
    if (target !== undefined) await this.reveal(target);
    else if (await this.#reading.open(placeOf(place), place ?? 'end'))
      this.#rows.setCurrent(current ?? this.#part.bubbles.at(-1)?.messageId, false);
    this.#frame.endLoading();
    void this.#reading.fill();
    if (find && target === undefined) this.#find.open(find);
    this.#keeping.begin();
    void this.#choosing.prune();
  }

  /** Reads again what has changed, and looks whether what is selected and found is still there. */
  async #refresh(): Promise<void> {
    const newest = this.#part.bubbles.at(-1)?.messageId;
    const isFollowed = this.#list.atEnd && document.hasFocus();
    await this.#reading.refresh();
    if (isFollowed) this.#tellSeen(newest);
    void this.#choosing.prune();
    this.#find.refresh();
  }

  /** What comes while somebody reads the end of the conversation is read. @param newest what was the newest before */
  #tellSeen(newest: string | undefined): void {
    const { bubbles } = this.#part;
    const before = bubbles.findIndex(({ messageId }) => messageId === newest);
    const seen = before < 0 ? [] : bubbles.slice(before + 1).filter(({ unread }) => unread);
    if (seen.length > 0) this.page.host.seen(seen.map(({ messageId }) => messageId));
  }

  async #goToUnread(): Promise<void> {
    const messageId = this.#view?.unread?.messageId;
    if (messageId !== undefined) await this.reveal(messageId);
    this.#showJumps();
  }

  async #goToEnd(): Promise<void> {
    await this.#walking.goToEnd();
    this.#showJumps();
  }

  #showDeleted(deleted: boolean): void {
    this.#host.deleted = deleted;
    if (this.#view) this.#head.show(this.#view, deleted);
    this.#selectionBar.show(deleted);
    this.#keeping.keep();
    void this.#refresh();
  }

  #showJumps(): void {
    const { total, end } = this.#part;
    const { unread } = this.#marks;
    const isInSight = unread !== undefined && this.#list.isInSight(unread.messageId);
    this.#jumps.show({
      unread: unread && total > 0 ? { text: unread.text, isInSight } : undefined,
      atEnd: this.#list.atEnd,
      isFar: end < total,
    });
  }

  #showSelection(): void {
    this.#rows.mark();
    this.element.classList.toggle('selecting', this.#selection.size > 0);
    this.#selectionBar.show(this.#host.deleted);
    this.#keeping.keep();
  }

  #tellNews(view: ConversationView): void {
    const news = this.#news.in(view);
    if (!news) return;
    if (!this.#list.atEnd) this.#jumps.tellNews();
    this.page.announcer.say(newsText(news, view.title, this.page.strings));
  }

  get #marks(): Marks {
    return {
      otherSide: this.#view?.title ?? '',
      unread: unreadMark(this.#view?.unread, this.page),
      isSelected: (messageId) => this.#selection.has(messageId),
      found: this.#find.messageId,
    };
  }
}

function placeOf(anchor: Anchor | undefined): Place {
  return anchor ? { kind: 'message', messageId: anchor.messageId, index: anchor.index } : { kind: 'end' };
}
