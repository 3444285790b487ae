/**
 * What one probe of the server has found. All texts are in English, for they are for a bug report, and hold nothing of what the
 * server says but names of the API, numbers and codes.
 */
export interface Finding {
  readonly probe: string;
  readonly expected: string;
  readonly found: string;
  /** What it means for the mailbox; only if it differs from what is expected. */
  readonly meaning?: string;
}

/** Names of fields, values, codes and permissions as the API has them; anything else could be somebody's words, or a number. */
const API_WORD = /^(?!.*\d{4})[A-Za-z][\w-]{0,39}$/;

/** `text`, if it can only be a word of the API. */
export function apiWord(text: unknown): string {
  return typeof text === 'string' && API_WORD.test(text) ? text : '(unreadable)';
}

/** What `mediaTypeWord` gives for none. */
export const NO_TYPE = '(none)';

/** A media type without its parameters, if it is one. */
export function mediaTypeWord(text: unknown): string {
  const type = typeof text === 'string' ? (text.split(';')[0]?.trim().toLowerCase() ?? '') : '';
  return /^(?!.*\d{5})[a-z]{1,20}\/[a-z0-9.+-]{1,60}$/.test(type)
    ? type
    : type === ''
      ? NO_TYPE
      : '(unreadable)';
}
