import { element } from '../element';
import { contentUrl, UnshowableError, type Show } from '../show';

export const show: Show = async (content, { page, attachment, signal }) => {
  const image = element('img', { class: 'picture', attributes: { alt: attachment.name } });
  image.src = contentUrl(content, signal);
  try {
    await image.decode();
  } catch {
    throw new UnshowableError(page.strings.cannotShow);
  }
  return { element: image };
};
