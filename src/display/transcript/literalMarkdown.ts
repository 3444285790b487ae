/** What means something in any of the dialects of Markdown; a backslash before it makes it stand for itself. */
const PUNCTUATION = /[!#$&()*+\-.:<=>@[\\\]^_`{|}~]/g;

/** Other people's words in one line of Markdown, so that they are shown as they were written. */
export function literalLine(text: string): string {
  return escaped(text.replace(/\s+/gu, ' ').trim());
}

/** As `literalLine`, with the lines of the text. A paragraph each: nothing in them begins a list, a quotation or a table. */
export function literalBlock(text: string): string {
  const paragraphs = text.trim().split(/(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*/u);
  return paragraphs
    .map((paragraph) =>
      paragraph
        .split(/\r\n|\r|\n/)
        .map((line) => escaped(line.trim()))
        .join('\\\n'),
    )
    .join('\n\n');
}

function escaped(text: string): string {
  return (
    text
      .replace(PUNCTUATION, '\\$&')
      // What is invisible cannot be read in the source either.
      .replace(/[\p{Cc}]/gu, '')
  );
}
