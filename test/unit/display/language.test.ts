import { beforeEach, describe, expect, it, vi } from 'vitest';
import { numberText, plural, textLanguage } from '../../../src/display/language';

const vscode = vi.hoisted(() => ({
  env: { language: 'en' },
  l10n: { bundle: undefined as Record<string, string> | undefined },
}));

vi.mock('vscode', () => vscode);

/** VS Code is shown in a language; whether the extension is translated into it is up to its bundles. */
function show(language: string, bundle?: Record<string, string>): void {
  vscode.env.language = language;
  vscode.l10n.bundle = bundle;
}

beforeEach(() => show('en'));

const messages = (count: number): string =>
  plural(count, { one: (number) => `${number} message`, other: (number) => `${number} messages` });

describe('the language of texts', () => {
  it('is that of VS Code if there is a translation', () => {
    show('de', {});
    expect(textLanguage()).toBe('de');
    expect(numberText(1234.5)).toBe('1.234,5');
  });

  it('is English if there is none, with the numbers and plurals of English', () => {
    show('ru');
    expect(textLanguage()).toBe('en');
    expect(numberText(1234.5)).toBe('1,234.5');
    // In Russian, 21 is a singular.
    expect(messages(21)).toBe('21 messages');
  });

  it('is a dialect of English if VS Code has one', () => {
    show('en-gb');
    expect(textLanguage()).toBe('en-gb');
  });
});

describe('plural', () => {
  it.each([
    ['en', 0, '0 messages'],
    ['en', 1, '1 message'],
    ['en', 2, '2 messages'],
    ['de', 1, '1 message'],
    ['de', 12_345, '12.345 messages'],
    ['fr', 0, '0 message'],
    ['fr', 1, '1 message'],
    ['fr', 2, '2 messages'],
    ['pt-br', 0, '0 message'],
    ['es', 0, '0 messages'],
    ['es', 1_000_000, '1.000.000 messages'],
    ['ja', 1, '1 messages'],
  ])('chooses the sentence as %s does for %i', (language, count, text) => {
    show(language, {});
    expect(messages(count)).toBe(text);
  });

  it('takes a form that a language has of its own where there is one', () => {
    show('pl', {});
    const forms = { one: () => 'one', few: () => 'few', other: () => 'other' };
    expect([1, 2, 5].map((count) => plural(count, forms))).toEqual(['one', 'few', 'other']);
  });
});
