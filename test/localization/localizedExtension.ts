/** The extension in a language, as a VS Code that is shown in it loads it. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';
import { readBundle, textOf, translations, type Bundle } from './bundles';
import { PSEUDO_LOCALE, pseudoBundle, pseudoText } from './pseudo';

export interface LocalizedExtension {
  /** VS Code's id, such as `pt-br`. */
  readonly language: string;
  /** The extension's folder. */
  readonly folder: string;
  /** Translates VS Code's own texts; they stay English without it. */
  readonly translate?: (text: string) => string;
  /**
   * A text of the extension in this language.
   * @throws Error if there is no such text in English
   */
  text(english: string): string;
  remove(): void;
}

const PACKAGE = 'package.json';
const MANIFEST_TEXTS = 'package.nls.json';
const TEXTS = 'l10n/bundle.l10n.json';

/** @param language `pseudo`, or one that the extension is translated into */
export function localizedExtension(language: string): LocalizedExtension {
  if (language === 'pseudo') return pseudoExtension();
  const translation = translations().find((each) => each.language === language);
  const { bundle, manifestTexts } = translation ?? {};
  if (!bundle || !manifestTexts) throw new Error(`The extension is not translated into ${language}.`);
  return {
    language,
    folder: projectRoot,
    text: (english) => lookUp(english, bundle, manifestTexts),
    remove: () => undefined,
  };
}

/** With the texts of the pseudo-locale, also in place of a translation into the language whose id that has. */
function pseudoExtension(): LocalizedExtension {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  const bundle = pseudoBundle(readBundle(TEXTS));
  const manifestTexts = pseudoBundle(readBundle(MANIFEST_TEXTS));
  for (const name of [PACKAGE, MANIFEST_TEXTS])
    copyFileSync(path.join(projectRoot, name), path.join(folder, name));
  // Not links: VS Code knows by the path of a file, without links, of which extension it is.
  for (const name of ['dist', 'media'])
    cpSync(path.join(projectRoot, name), path.join(folder, name), {
      recursive: true,
      filter: (file) => !/\.map$|[\\/]dist[\\/]test$/.test(file),
    });
  mkdirSync(path.join(folder, 'l10n'));
  const write = (file: string, texts: Bundle): void =>
    writeFileSync(path.join(folder, file), JSON.stringify(texts));
  write(`package.nls.${PSEUDO_LOCALE}.json`, manifestTexts);
  write(`l10n/bundle.l10n.${PSEUDO_LOCALE}.json`, bundle);
  return {
    language: PSEUDO_LOCALE,
    folder,
    translate: pseudoText,
    text: (english) => lookUp(english, bundle, manifestTexts),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function lookUp(english: string, bundle: Bundle, manifestTexts: Bundle): string {
  const inManifest = Object.entries(readBundle(MANIFEST_TEXTS)).find(([, text]) => text === english)?.[0];
  const found = bundle[english] ?? (inManifest === undefined ? undefined : manifestTexts[inManifest]);
  if (found === undefined) throw new Error(`The extension has no text "${english}".`);
  return textOf(found);
}
