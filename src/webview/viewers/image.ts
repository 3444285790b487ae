import { button } from '../button';
import { element } from '../element';
import { Animation } from '../gallery/animation';
import { PictureView } from '../gallery/pictureView';
import { icon } from '../icons';
import type { Page } from '../page';
import { checkPicture } from '../pictureSize';
import { contentUrl, UnshowableError, type Show } from '../show';
import { TooLargeError } from '../tooLarge';

export const show: Show = async (content, context) => {
  const { page, attachment, signal } = context;
  try {
    await checkPicture(content.blob);
  } catch (error) {
    const { strings } = page;
    throw new UnshowableError(error instanceof TooLargeError ? strings.fileTooLarge : strings.cannotShow);
  }
  const animation = await Animation.open(content.blob, attachment.name, signal);
  if (animation) {
    const view = new PictureView(animation.canvas, context);
    view.toolbar.prepend(playButton(animation, page));
    return view;
  }
  const image = element('img', { class: 'picture', attributes: { alt: attachment.name } });
  image.src = contentUrl(content.blob, signal);
  try {
    await image.decode();
  } catch {
    throw new UnshowableError(page.strings.cannotShow);
  }
  return new PictureView(image, context);
};

/** It plays at once, unless somebody has asked their computer for less that moves. */
function playButton(animation: Animation, { strings }: Page): HTMLButtonElement {
  const made = button({
    label: strings.pauseAnimation,
    icon: 'pause',
    compact: true,
    onClick: () => {
      if (animation.playing) animation.pause();
      else animation.play();
      showPlaying();
    },
  });
  const showPlaying = (): void => {
    const label = animation.playing ? strings.pauseAnimation : strings.playAnimation;
    made.title = label;
    made.replaceChildren(icon(animation.playing ? 'pause' : 'play'));
  };
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) animation.play();
  showPlaying();
  return made;
}
