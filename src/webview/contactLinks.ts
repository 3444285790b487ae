/** Characters; no number that can be dialled has more. */
const LONGEST_NUMBER = 100;

/** Characters; no address of e-mail can have more (RFC 5321, 4.5.3.1). */
const LONGEST_EMAIL = 320;

/** The link by which a number is called; undefined for what is none, or has letters that are digits or words. */
export function phoneLink(value: string): string | undefined {
  if (value.length > LONGEST_NUMBER) return undefined;
  const [, extension] = /(?:ext(?:ension)?\.?|x)[\s=:.]*(\d{1,8})\s*$/i.exec(value) ?? [];
  const number = extension === undefined ? value : value.slice(0, value.search(/[\s,;]*(?:ext|x)/i));
  if (/\p{L}/u.test(number) || !/\d/.test(number)) return undefined;
  const digits = number.replace(/[^\d+*#,;]/g, '');
  return `tel:${digits}${extension === undefined ? '' : `;ext=${extension}`}`;
}

/** The link by which somebody is written to; undefined if it is more, or less, than one address. */
export function emailLink(value: string): string | undefined {
  if (value.length > LONGEST_EMAIL || !/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(value)) return undefined;
  // Else they would add recipients or a text.
  return `mailto:${value.replace(/[?&#%]/g, encodeURIComponent)}`;
}
