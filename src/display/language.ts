import * as vscode from 'vscode';

/**
 * The language in which texts, numbers and dates are written, BCP 47: VS Code's, if the extension is translated into it, else
 * English, so that a sentence does not have its words in one language and its plural or its weekday in another.
 */
export function textLanguage(): string {
  const { language } = vscode.env;
  return vscode.l10n.bundle || /^en(?:-|$)/i.test(language) ? language : 'en';
}

/** A number as the language writes it: `1,234`, `1.234`, `1 234`. */
export function numberText(value: number, options?: Intl.NumberFormatOptions): string {
  return value.toLocaleString(textLanguage(), options);
}

/**
 * Whole sentences about a number of things, by the plural categories of Unicode. Each gets the number as the language writes
 * it. English has two: `one` for 1, and `other`. A language that has more takes `other` for those, as the five translations
 * can: their `many` begins at a million.
 *
 * `one` must have the number, too, unless there is never nothing to be counted: French and Portuguese say 0 in the singular.
 * What is said of nothing ("No messages") is a sentence of its own, and not this function's.
 */
export type PluralForms = Readonly<
  Partial<Record<Intl.LDMLPluralRule, (count: string) => string>> & {
    one: (count: string) => string;
    other: (count: string) => string;
  }
>;

/**
 * The sentence about so many things. Each form calls `l10n.t` with a text that is written out, where tools find it:
 * `plural(n, { one: (count) => l10n.t('{0} message', count), other: (count) => l10n.t('{0} messages', count) })`
 */
export function plural(count: number, forms: PluralForms): string {
  const sentence = forms[pluralRules(textLanguage()).select(count)] ?? forms.other;
  return sentence(numberText(count));
}

/** Things that are told of one after another, as the language separates them; what is empty is left out. */
export function listText(items: readonly string[]): string {
  return joined(items, (list, item) =>
    vscode.l10n.t({
      message: '{0}, {1}',
      args: [list, item],
      comment: ['Two items of a list. Of more than two, the first is a list itself.'],
    }),
  );
}

/** The same of things that may have commas in them. */
export function clausesText(clauses: readonly string[]): string {
  return joined(clauses, (list, clause) =>
    vscode.l10n.t({
      message: '{0}; {1}',
      args: [list, clause],
      comment: [
        'Two items of a list that have commas in them. Of more than two, the first is a list itself.',
      ],
    }),
  );
}

/** Whole sentences one after another; what is empty is left out. */
export function sentencesText(sentences: readonly string[]): string {
  return joined(sentences, (before, sentence) =>
    vscode.l10n.t({
      message: '{0} {1}',
      args: [before, sentence],
      comment: ['Two whole sentences, one after the other.'],
    }),
  );
}

/** @param pair puts two together; what it puts between them stands between all of them, however many there are */
function joined(parts: readonly string[], pair: (before: string, part: string) => string): string {
  const [, separator] = pair('\0', '\0').split('\0');
  return parts.filter(Boolean).join(separator);
}

const rules = new Map<string, Intl.PluralRules>();

function pluralRules(language: string): Intl.PluralRules {
  let known = rules.get(language);
  if (!known) {
    known = new Intl.PluralRules(language);
    rules.set(language, known);
  }
  return known;
}
