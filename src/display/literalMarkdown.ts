/** What means something to Markdown wherever it stands. */
const MARKS = /[\\`*_[\]<>|~&$]/g;

/** What means something at the beginning of a line: headings, lists, rules, underlines. */
const BEGINNINGS = /^(?:[#+=-]|(\d{1,9})(?=[.)]))/;

/**
 * Other people's words in Markdown, which shows them as they are: line by line, nothing in them taken for markup. Words stay
 * words in the source, too, to be found there.
 */
export function literalMarkdown(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').trim().split('\n').map(literalLine);
  return lines
    .map((line, index) => {
      const next = lines[index + 1];
      // A line break of the sender's, not a space.
      return line && next ? `${line}\\` : line;
    })
    .join('\n');
}

function literalLine(line: string): string {
  return (
    line
      .trimEnd()
      // Indented text would be code.
      .replace(/^\s+/, (space) => '\u00a0'.repeat(space.length))
      .replace(MARKS, '\\$&')
      .replace(BEGINNINGS, (mark, digits?: string) => (digits === undefined ? `\\${mark}` : `${digits}\\`))
  );
}
