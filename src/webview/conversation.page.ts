import './base.css';
import './find.css';
import './conversation/conversation.css';
import type { View } from '../viewers/protocol';
import { connect } from './connect';
import { ConversationPage } from './conversation/conversationPage';
import { goneState } from './goneState';
import { pageDates, pageRoot, type Page } from './page';

const root = pageRoot();
let page: Page | undefined;
let shown: ConversationPage | undefined;

const { host, state } = connect({
  start: ({ strings, memory, view, target }) => {
    page = { host, strings, dates: pageDates, state, memory };
    shown?.dispose();
    shown = undefined;
    show(view, target);
  },
  update: show,
  reveal: (messageId) => void shown?.reveal(messageId),
});

addEventListener('pagehide', () => shown?.dispose(), { once: true });

function show(view: View, target?: string): void {
  if (!page) return;
  if (view.kind === 'conversation') {
    if (!shown) {
      shown = new ConversationPage(page);
      root.replaceChildren(shown.element);
    }
    shown.show(view.conversation, target);
  } else {
    shown?.dispose();
    shown = undefined;
    root.replaceChildren(goneState(page.strings));
  }
}
