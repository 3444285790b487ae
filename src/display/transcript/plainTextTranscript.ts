import { encodePlainText } from '../encode';
import { entryText, partyLines, titleText } from './entryText';
import type { TranscriptFormat } from './transcript';

export const plainTextTranscript: TranscriptFormat = {
  extension: 'txt',

  begin(message) {
    return [titleText(message), ...partyLines(message)].map(line).join('');
  },

  entry(entry, before, isMixed) {
    const { day, sender, time, text, notes } = entryText(entry, before, isMixed);
    const heading = [sender, time].filter(Boolean).join(', ');
    return [
      ...(day === undefined ? [] : ['', `--- ${day} ---`]),
      '',
      `${heading}:`,
      ...(text ? [encodePlainText(text)] : []),
      ...notes.map((note) => `[${note}]`),
    ]
      .map(line)
      .join('');
  },

  end: () => '',
};

function line(text: string): string {
  return `${text}\n`;
}
