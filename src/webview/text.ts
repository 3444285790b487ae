import type { DateFormat } from './dates';

/** The language of the page's texts, BCP 47; the host wrote it into the document. Tests without a page speak English. */
export const pageLocale = (typeof document === 'undefined' ? '' : document.documentElement.lang) || 'en';

/** Fills `{0}`, `{1}` … of a localized sentence. Numbers are written as the page's language has them. */
export function fill(sentence: string, ...values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)] ?? placeholder;
    return typeof value === 'number' ? value.toLocaleString(pageLocale) : value;
  });
}

/**
 * The sentence about so many things, by the language's rules: `one`, as of 1 in English and of 0 and 1 in French, or `other`.
 * Both have the number.
 */
export function counted(
  count: number,
  one: string,
  other: string,
  { locale }: Pick<DateFormat, 'locale'>,
): string {
  const isOne = new Intl.PluralRules(locale).select(count) === 'one';
  return fill(isOne ? one : other, count.toLocaleString(locale));
}

export interface SizeStrings {
  readonly oneByte: string;
  readonly bytes: string;
  readonly kilobytes: string;
  readonly megabytes: string;
}

/** A number of bytes as people read it. */
export function fileSize(bytes: number, strings: SizeStrings, locale: string): string {
  const number = (value: number, digits: number): string =>
    value.toLocaleString(locale, { maximumFractionDigits: digits });
  if (bytes < 1000) return counted(bytes, strings.oneByte, strings.bytes, { locale });
  if (bytes < 999_500) return fill(strings.kilobytes, number(bytes / 1000, 0));
  return fill(strings.megabytes, number(bytes / 1_000_000, 1));
}

/** Things that are told of one after another, as the language separates them; what is empty is left out. */
export function listText(items: readonly string[], { pair }: { readonly pair: string }): string {
  const [, separator] = fill(pair, '\0', '\0').split('\0');
  return items.filter(Boolean).join(separator);
}
