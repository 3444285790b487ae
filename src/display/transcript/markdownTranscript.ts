import { entryText, partyLines, titleText } from './entryText';
import { literalBlock, literalLine } from './literalMarkdown';
import type { TranscriptFormat } from './transcript';

export const markdownTranscript: TranscriptFormat = {
  extension: 'md',

  begin(message) {
    const parties = partyLines(message).map((party) => `- ${literalLine(party)}\n`);
    return `# ${literalLine(titleText(message))}\n\n${parties.join('')}`;
  },

  entry(entry, before) {
    const { day, sender, time, text, notes } = entryText(entry, before);
    const heading = `**${literalLine(sender)}**${time ? ` · ${literalLine(time)}` : ''}`;
    return [
      ...(day === undefined ? [] : [`## ${literalLine(day)}`]),
      heading,
      ...(text.trim() ? [literalBlock(text)] : []),
      ...(notes.length > 0 ? [notes.map((note) => `- ${literalLine(note)}`).join('\n')] : []),
    ]
      .map((block) => `\n${block}\n`)
      .join('');
  },

  end: () => '',
};
