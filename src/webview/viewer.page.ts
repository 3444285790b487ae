import './base.css';
import './viewer.css';
import './find.css';
import './document/document.css';
import './sound/sound.css';
import './gallery/gallery.css';
import type { View } from '../viewers/protocol';
import { Announcer } from './announcer';
import { connect } from './connect';
import { showGone } from './goneState';
import { MessagePage } from './messagePage';
import { pageOf, pageRoot, type Page } from './page';
import { PlayRequest } from './sound/playRequest';
import { PlayThrough } from './sound/playThrough';
import { pauseOthers } from './viewers/player';

const root = pageRoot();
const playRequest = new PlayRequest();
const announcer = new Announcer();
document.body.append(announcer.element);
let page: Page | undefined;
let shown: MessagePage | undefined;

const { host, state } = connect({
  start: ({ view, target, through: playing, play, ...begun }) => {
    // The tab may have shown another message; who was reading in it begins at the top of this one.
    const wasInside = root.contains(document.activeElement);
    forget();
    through.active = playing ?? false;
    if (play) playRequest.make();
    else playRequest.drop();
    page = pageOf({ host, state, announcer, through, playRequest }, begun);
    scrollTo({ top: 0 });
    show(view);
    if (target !== undefined) shown?.reveal(target);
    else if (wasInside) shown?.focus();
  },
  update: show,
  reveal: (attachmentId) => shown?.reveal(attachmentId),
  play: () => playRequest.make(),
  pause: () => {
    // What is loading yet would be heard later.
    playRequest.drop();
    through.active = false;
    pauseOthers();
  },
  noVoicemail: () => {
    through.active = false;
    if (page) announcer.say(page.strings.noOtherUnread);
  },
});
const through = new PlayThrough(host);

addEventListener('pagehide', () => shown?.dispose(), { once: true });

function show(view: View): void {
  if (!page) return;
  if (view.kind === 'message') {
    shown ??= new MessagePage(page);
    shown.show(view.message);
    if (shown.element.parentElement !== root) root.replaceChildren(shown.element);
  } else {
    forget();
    showGone(root, page.strings);
  }
}

function forget(): void {
  shown?.dispose();
  shown = undefined;
}
