import { encodeMarkdownBlock, encodeMarkdownLine } from '../encode';
import { entryText, partyLines, titleText } from './entryText';

import type { TranscriptFormat } from './transcript';

export const markdownTranscript: TranscriptFormat = {
  extension: 'md',

  begin(message) {
    const parties = partyLines(message).map((party) => `- ${encodeMarkdownLine(party)}\n`);
    return [
      `# ${encodeMarkdownLine(titleText(message))}\n`,
      ...(parties.length > 0 ? ['\n', ...parties] : []),
    ].join('');
  },

  entry(entry, before, isMixed) {
    const { day, sender, time, text, notes } = entryText(entry, before, isMixed);
    const heading = `**${encodeMarkdownLine(sender)}**${time ? ` · ${encodeMarkdownLine(time)}` : ''}`;
    return [
      ...(day === undefined ? [] : [`## ${encodeMarkdownLine(day)}`]),
      heading,
      ...(text.trim() ? [encodeMarkdownBlock(text)] : []),
      ...(notes.length > 0 ? [notes.map((note) => `- ${encodeMarkdownLine(note)}`).join('\n')] : []),
    ]
      .map((block) => `\n${block}\n`)
      .join('');
  },

  end: () => '',
};
