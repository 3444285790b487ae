import { encodePlainText } from '../encode';
import { listText } from '../language';
import { entryText, partyLines, titleText } from './entryText';
import type { TranscriptFormat } from './transcript';

export const plainTextTranscript: TranscriptFormat = {
  extension: 'txt',

  begin(message) {
    return [titleText(message), ...partyLines(message)].map(line).join('');
  },

  entry(entry, before, isMixed) {
    const { day, sender, time, text, notes } = entryText(entry, before, isMixed);
    const heading = listText([sender, time]);
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
