import './base.css';
import './find.css';
import './conversation/conversation.css';
import type { View } from '../viewers/protocol';
import { Announcer } from './announcer';
import { connect } from './connect';
import { ConversationPage } from './conversation/conversationPage';
import { goneState } from './goneState';
import { pageDates, pageRoot, type Page } from './page';
import { PlayThrough } from './sound/playThrough';
import { SoundSettings } from './sound/soundSettings';

const root = pageRoot();
const announcer = new Announcer();
document.body.append(announcer.element);
let page: Page | undefined;
let shown: ConversationPage | undefined;

const { host, state } = connect({
  start: ({ strings, memory, view, target }) => {
    // The tab may have shown another conversation.
    forget();
    page = {
      host,
      strings,
      dates: pageDates,
      state,
      announcer,
      documents: memory.documents,
      sound: new SoundSettings(memory.sound, host),
      through: new PlayThrough(host),
    };
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
    forget();
    root.replaceChildren(goneState(page.strings));
  }
}

function forget(): void {
  shown?.dispose();
  shown = undefined;
}
