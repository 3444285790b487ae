import type { ConversationView } from '../../viewers/conversationProtocol';
import { button } from '../button';
import { element } from '../element';
import { dotted } from '../messageHeader';
import type { Page } from '../page';
import { ReplyButtons } from '../replyButtons';
import type { MessageActions } from './messageActions';
import { setHidden } from './setHidden';

export interface HeadEvents {
  onFind(): void;
  onShowDeleted(): void;
}

/** Who the conversation is with, and what can be done with all of it. */
export class ConversationHead {
  readonly element: HTMLElement;
  readonly #title = element('h1');
  readonly #who = element('div', { class: 'conversation-who', children: [this.#title] });
  readonly #reply: ReplyButtons;
  readonly #find: HTMLButtonElement;
  readonly #deleted: HTMLButtonElement;

  constructor(page: Page, actions: MessageActions, events: HeadEvents) {
    const { strings } = page;
    this.#reply = new ReplyButtons(page, true);
    const compact = { compact: true } as const;
    this.#find = button({
      ...compact,
      label: strings.find,
      icon: 'search',
      onClick: () => events.onFind(),
    });
    this.#deleted = button({
      ...compact,
      label: strings.showDeleted,
      icon: 'trash',
      onClick: () => events.onShowDeleted(),
    });
    this.element = element('header', {
      class: 'conversation-head',
      children: [
        this.#who,
        element('div', {
          class: 'controls',
          attributes: { role: 'toolbar', 'aria-label': strings.conversation },
          children: [
            ...this.#reply.elements,
            this.#find,
            this.#deleted,
            button({
              ...compact,
              label: strings.copyAs,
              icon: 'copy',
              onClick: () => void actions.takeOut('copyAs'),
            }),
            button({
              ...compact,
              label: strings.export,
              icon: 'save',
              onClick: () => void actions.takeOut('export'),
            }),
          ],
        }),
      ],
    });
  }

  show({ title, details, deleted, dialable }: ConversationView, showsDeleted: boolean): void {
    const line = dotted('details', details);
    this.#title.textContent = title;
    this.#who.replaceChildren(this.#title, ...(line ? [line] : []));
    this.#reply.show(dialable);
    for (const each of this.#reply.elements) setHidden(each, !dialable, () => this.#find.focus());
    setHidden(this.#deleted, deleted === 0 && !showsDeleted, () => this.#find.focus());
    this.#deleted.setAttribute('aria-pressed', String(showsDeleted));
  }
}
