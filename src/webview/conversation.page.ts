import './base.css';
import './find.css';
import './conversation/conversation.css';
import type { View } from '../viewers/protocol';
import { Announcer } from './announcer';
import { connect } from './connect';
import { ConversationPage } from './conversation/conversationPage';
import { showGone } from './goneState';
import { pageOf, pageRoot, type Page } from './page';
import { PlayRequest } from './sound/playRequest';
import { PlayThrough } from './sound/playThrough';
import { pauseOthers } from './viewers/player';

const root = pageRoot();
const announcer = new Announcer();
document.body.append(announcer.element);
let page: Page | undefined;
let shown: ConversationPage | undefined;

const { host, state } = connect({
  start: ({ view, target, ...begun }) => {
    // The tab may have shown another conversation.
    forget();
    page = pageOf({ host, state, announcer, through, playRequest: new PlayRequest() }, begun);
    show(view, target);
  },
  update: show,
  reveal: (messageId) => void shown?.reveal(messageId),
  pause: () => pauseOthers(),
});
const through = new PlayThrough(host);

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
    forget();
    showGone(root, page.strings);
  }
}

function forget(): void {
  shown?.dispose();
  shown = undefined;
}
