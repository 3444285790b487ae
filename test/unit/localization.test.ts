/** That everything people read can be translated, and that translations are whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  allCallsWithoutLiteral,
  callsWithoutLiteral,
  countCalls,
  extractBundle,
  readBundle,
  sourcesWithTexts,
  textOf,
  translationProblems,
  translations,
} from '../localization/bundles';
import { englishIn, pseudoBundle, pseudoText } from '../localization/pseudo';

const bundle = readBundle('l10n/bundle.l10n.json');
const manifestTexts = readBundle('package.nls.json');
const manifest = readBundle('package.json') as unknown as Readonly<
  Record<'l10n' | 'displayName' | 'description', string>
> & {
  readonly contributes: unknown;
};

describe('texts of src', () => {
  it('are in l10n/bundle.l10n.json, all of them and no others (`npm run l10n` writes it)', async () => {
    expect(await extractBundle()).toEqual(bundle);
  });

  it('are in the folder where VS Code looks for translations', () => {
    expect(manifest.l10n).toBe('./l10n');
  });

  it('are used by the pages if they are sent to them', () => {
    const pages = readdirSync('src/webview', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`src/webview/${name}`, 'utf8'))
      .join('\n');
    const keys = Array.from(
      readFileSync('src/viewers/strings.ts', 'utf8').matchAll(/^ {4}(\w+): l10n\.t\(/gm),
      ([, key]) => key ?? '',
    );
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(pages))).toEqual([]);
  });

  it('are written out where they are used, so that tools find them', () => {
    expect(allCallsWithoutLiteral()).toEqual([]);
    // Some texts are used in several places.
    expect(countCalls()).toBeGreaterThanOrEqual(Object.keys(bundle).length);
  });

  it.each([
    'l10n.t(text)',
    'l10n.t(`{0} of ${x}`)',
    'vscode.l10n.t(\n  a ? "b" : "c",\n)',
    'l10n.t({ message })',
  ])('are missed by tools if they are not: %s', (call) => {
    expect(callsWithoutLiteral(call)).toHaveLength(1);
  });

  it.each([`l10n.t('a')`, `vscode.l10n.t(\n  "a",\n  b)`, `l10n.t({ message: 'a', comment: ['b'] })`])(
    'are found if they are: %s',
    (call) => {
      expect(callsWithoutLiteral(call)).toEqual([]);
    },
  );
});

/** Every text that VS Code shows of package.json, by where it is. */
function shownTexts(value: unknown, at: string): [at: string, text: string][] {
  if (Array.isArray(value)) return value.flatMap((each, index) => shownTexts(each, `${at}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === 'string'
      ? SHOWN.test(key)
        ? [[`${at}.${key}`, inner]]
        : []
      : /^(?:markdownE|e)numDescriptions|enumItemLabels$/.test(key)
        ? (inner as string[]).map((text) => [`${at}.${key}`, text])
        : shownTexts(inner, `${at}.${key}`),
  );
}

const SHOWN =
  /^(?:title|shortTitle|displayName|name|contextualTitle|label|contents|description|markdownDescription|deprecationMessage|markdownDeprecationMessage|editPresentation|altText)$/;

/** The product's name, and that of the service, are the same everywhere. */
const SAME_EVERYWHERE = ['RingCentral', 'RingCentral Mailbox'];

describe('texts of package.json', () => {
  it('are in package.nls.json, but for names', () => {
    const { displayName, description, contributes } = manifest;
    const texts = shownTexts({ displayName, description, contributes }, 'package.json');
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter(([, text]) => !/^%[\w.]+%$/.test(text) && !SAME_EVERYWHERE.includes(text))).toEqual(
      [],
    );
  });
});

describe('texts about a number of things', () => {
  it('have the number filled in, in the singular as well, because French says 0 in it', () => {
    const texts = Object.values(bundle).map(textOf);
    expect(texts.filter((text) => /(?:^|[\s(])1 [a-z]/.test(text))).toEqual([]);
  });

  it('are written by the rules and with the numbers of their language', () => {
    const sources = sourcesWithTexts();
    expect(sources.filter((source) => source.includes('.toLocaleString()'))).toEqual([]);
    expect(
      sources.filter((source) =>
        /=== 1\s*\?\s*(?:vscode\.)?l10n\.t\([^)]*\)\s*:\s*(?:vscode\.)?l10n\.t\('\{\d/.test(source),
      ),
    ).toEqual([]);
    // `listText`, `clausesText`, `sentencesText` and `withStatus` know how.
    expect(sources.flatMap((source) => source.match(/.*\.join\('[,;:] '\).*/g) ?? [])).toEqual([]);
    // `textLanguage` alone knows whether VS Code's language is that of the texts.
    expect(sources.filter((source) => /\benv\.language\b/.test(source))).toEqual([]);
  });
});

describe('English', () => {
  it('has no text that is empty, has odd spaces or an ellipsis of three dots', () => {
    const texts = Object.values({ ...bundle, ...manifestTexts }).map(textOf);
    expect(texts.filter((text) => /^\s*$| {2}|\.\.\.|^\s|\s$/.test(text))).toEqual([]);
  });
});

describe('the extension', () => {
  it('speaks six languages', () => {
    const whole = translations().filter((each) => each.bundle && each.manifestTexts);
    expect(whole.map(({ language }) => language)).toEqual(['de', 'es', 'fr', 'ja', 'pt-br']);
  });
});

describe.each(translations())('the translation $language', (translation) => {
  it('has every text of src with the same placeholders, and no other', () => {
    expect(translationProblems(bundle, translation.bundle ?? {})).toEqual([]);
  });

  it('has every text of package.json with the same links and settings, and no other', () => {
    expect(translationProblems(manifestTexts, translation.manifestTexts ?? {})).toEqual([]);
  });
});

describe('a translation', () => {
  const source = {
    'Delete {0}…': 'Delete {0}…',
    link: 'See [the log](command:ringcentralMailbox.showLog) or `#a.b#`. $(mail)',
    'Text/comment': { message: 'Text', comment: ['comment'] },
  };
  const good = {
    'Delete {0}…': '{0} löschen…',
    link: '$(mail) Siehe `#a.b#` oder [das Log](command:ringcentralMailbox.showLog).',
    'Text/comment': 'Text',
  };

  it('is whole if it has every text with the same parts', () => {
    expect(translationProblems(source, good)).toEqual([]);
  });

  it.each([
    ['a text is missing', { 'Delete {0}…': undefined }, 'missing: Delete {0}…'],
    ['a text is empty', { 'Text/comment': ' ' }, 'empty: Text/comment'],
    ['a text is not used', { more: 'mehr' }, 'unused: more'],
    ['a placeholder is missing', { 'Delete {0}…': 'Löschen…' }, 'without {0}: Delete {0}…'],
    ['a placeholder is invented', { 'Text/comment': 'Text {0}' }, 'with {0} of its own: Text/comment'],
    ['it has no ellipsis', { 'Delete {0}…': '{0} löschen' }, 'with another end than “…”: Delete {0}…'],
    [
      'a link leads elsewhere',
      { link: good.link.replace('showLog', 'delete') },
      'without (command:ringcentralMailbox.showLog: link',
    ],
  ])('is not whole if %s', (_, change, problem) => {
    const changed = Object.fromEntries(
      Object.entries({ ...good, ...change }).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, text]],
      ),
    );
    expect(translationProblems(source, changed)).toContain(problem);
  });
});

describe('the pseudo-locale', () => {
  it('is a whole translation of all texts', () => {
    expect(translationProblems(bundle, pseudoBundle(bundle))).toEqual([]);
    expect(translationProblems(manifestTexts, pseudoBundle(manifestTexts))).toEqual([]);
  });

  it('has no English but names and what is code', () => {
    const left = Object.values({ ...bundle, ...manifestTexts }).flatMap((entry) =>
      englishIn(
        pseudoText(textOf(entry)).replace(
          /\]\([^)]*\)|`[^`]*`|https?:\/\/[\w./:-]+|#[\w.]+#|\$\([\w-]+\)|<\/?\w+>/g,
          '',
        ),
      ),
    );
    expect(left).toEqual([]);
  });

  it('tells translated words from English ones', () => {
    expect(pseudoText('Delete {0}…')).toBe('⟦Ðéļéţé {0}⟧…');
    expect(pseudoText('See [the log](command:a.b).')).toBe('⟦Šéé [ţĥé ļóĝ](command:a.b).⟧');
    expect(englishIn(`${pseudoText('New message')} from Ada Park, 4m`, ['Ada Park'])).toEqual(['from']);
  });
});
