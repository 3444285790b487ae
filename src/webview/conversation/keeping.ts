import type { PageState } from '../pageState';
import type { ConversationHost } from './conversationHost';
import type { FindPanel } from './findPanel';
import { keptState, type KeptState } from './keptState';
import type { MessageList } from './messageList';
import type { MessageRows } from './messageRows';
import type { Selection } from './selection';

/** Of what the page keeps over reloads. */
const STATE_NAME = 'conversation';

/** Keeps how the page is, for the next time that the window is loaded. */
export class Keeping {
  #hasBegun = false;

  constructor(
    private readonly state: Pick<PageState, 'get' | 'set'>,
    private readonly host: Pick<ConversationHost, 'deleted'>,
    private readonly list: Pick<MessageList, 'anchor' | 'atEnd'>,
    private readonly rows: Pick<MessageRows, 'current'>,
    private readonly selection: Pick<Selection, 'ids'>,
    private readonly find: Pick<FindPanel, 'state'>,
  ) {}

  /** How it was when the window was loaded last. */
  get kept(): KeptState {
    return keptState(this.state.get(STATE_NAME));
  }

  /** The page is as it was, or as somebody wants it now; until then, what was kept of it is not to be lost. */
  begin(): void {
    this.#hasBegun = true;
  }

  keep(): void {
    if (!this.#hasBegun) return;
    const { atEnd, anchor } = this.list;
    const { current } = this.rows;
    const { state: find } = this.find;
    const kept: KeptState = {
      selected: this.selection.ids,
      deleted: this.host.deleted,
      ...(anchor && !atEnd && { place: anchor }),
      ...(current !== undefined && { current }),
      ...(find && { find }),
    };
    this.state.set(STATE_NAME, kept);
  }
}
