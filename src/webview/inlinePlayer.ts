import type { AttachmentView } from '../viewers/protocol';
import { attachmentChip } from './attachmentChip';
import { element } from './element';
import type { NearnessObserver } from './lazy';
import type { Page } from './page';
import { mayBePlayed, needsWebAssembly, type PlayableKind } from './playable';
import { UnshowableError } from './show';
import { playableSound } from './sound/playableSound';
import { addControls, preparePlayer } from './viewers/player';

/**
 * Sound or video in a conversation, loaded when it comes near the window, and played where it is; pressing its name opens
 * it in a tab of its own. What cannot be played is its name alone: its tab says why, and what else can be done.
 */
export function inlinePlayer(
  kind: PlayableKind,
  attachment: AttachmentView,
  page: Page,
  nearness: NearnessObserver,
  signal: AbortSignal,
): HTMLElement {
  const chip = attachmentChip(attachment, page);
  if (!mayBePlayed(kind, attachment) || needsWebAssembly(attachment)) return chip;
  const frame = element('div', {
    class: `inline-player ${kind}`,
    attributes: { 'aria-busy': 'true' },
    children: [chip],
  });

  async function load(): Promise<void> {
    const content = await page.host.readContent(attachment, signal);
    const sound = kind === 'audio' ? await playableSound(content, page.strings, signal) : content.blob;
    const player = element(kind, { attributes: { 'aria-label': attachment.name } });
    await preparePlayer(player, sound, signal, page.strings.cannotPlay);
    addControls(player, page.sound);
    frame.prepend(player);
  }

  nearness.observe(frame, () => {
    load()
      .catch((error: unknown) => {
        if (!signal.aborted && !(error instanceof UnshowableError)) console.error(error);
      })
      .finally(() => frame.removeAttribute('aria-busy'));
  });
  return frame;
}
