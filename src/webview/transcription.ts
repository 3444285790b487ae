import type { MessageView } from '../viewers/protocol';
import { element } from './element';
import { setLinkedText } from './linkedText';
import { textOf } from './loadedContent';
import { loadInto } from './loadInto';
import type { Page } from './page';

/** What was said in a voicemail, or why that is not known. */
export function transcriptionSection(
  transcription: NonNullable<MessageView['transcription']>,
  page: Page,
  signal: AbortSignal,
): HTMLElement {
  const { attachment, note } = transcription;
  const section = element('section', {
    class: 'transcription',
    attributes: { 'aria-labelledby': 'transcription' },
    children: [
      element('h2', { text: page.strings.transcription, attributes: { id: 'transcription' } }),
      note === undefined ? undefined : element('p', { class: 'muted', text: note }),
    ],
  });
  if (attachment) {
    const body = element('div');
    section.append(body);
    void loadInto(body, page.strings, signal, async () => {
      const content = await page.host.readContent(attachment, signal);
      const text = element('blockquote');
      setLinkedText(text, (await textOf(content)).trim(), page.host);
      return text;
    });
  }
  return section;
}
