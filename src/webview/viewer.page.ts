import './base.css';
import './viewer.css';
import './find.css';
import './document/document.css';
import type { View } from '../viewers/protocol';
import { connect } from './connect';
import { goneState } from './goneState';
import { MessagePage } from './messagePage';
import { pageDates, pageRoot, type Page } from './page';

const root = pageRoot();
let page: Page | undefined;
let shown: MessagePage | undefined;

const { host, state } = connect({
  start: ({ strings, memory, view, target }) => {
    page = { host, strings, dates: pageDates, state, memory };
    show(view);
    if (target !== undefined) shown?.reveal(target);
  },
  update: show,
  reveal: (attachmentId) => shown?.reveal(attachmentId),
});

addEventListener('pagehide', () => shown?.dispose(), { once: true });

function show(view: View): void {
  if (!page) return;
  if (view.kind === 'message') {
    shown ??= new MessagePage(page);
    shown.show(view.message);
    if (shown.element.parentElement !== root) root.replaceChildren(shown.element);
  } else {
    shown?.dispose();
    shown = undefined;
    root.replaceChildren(goneState(page.strings));
  }
}
