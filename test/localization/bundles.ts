/** The texts that are translated: those of src, which go through `vscode.l10n.t`, and those of package.json. */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { projectRoot } from '../workbench/paths';

/** By key, as in `l10n/bundle.l10n.json` and `package.nls.json`. A comment for translators makes a text an object. */
export type Bundle = Readonly<Record<string, string | { readonly message: string }>>;

const BUNDLE = /^bundle\.l10n\.([\w-]+)\.json$/;
const MANIFEST_TEXTS = /^package\.nls\.([\w-]+)\.json$/;

/** A language by its id in VS Code, with the texts that there are in it. */
export interface Translation {
  readonly language: string;
  readonly bundle: Bundle | undefined;
  readonly manifestTexts: Bundle | undefined;
}

export function readBundle(file: string): Bundle {
  return JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as Bundle;
}

/** The files of src that have texts; each has only what its own code says, so pages have none. */
export function sourcesWithTexts(): string[] {
  return readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(projectRoot, 'src', name), 'utf8'))
    .filter((source) => /\bl10n\b/.test(source));
}

/** How many calls of `l10n.t` there are in src. */
export function countCalls(): number {
  return (
    sourcesWithTexts()
      .join('\n')
      .match(/\bl10n\s*\.t\(/g)?.length ?? 0
  );
}

/** The calls of `l10n.t` whose text no tool can find, because it is put together or comes from elsewhere. */
export function callsWithoutLiteral(source: string): string[] {
  return [...source.matchAll(/\bl10n\s*\.t\(\s*(?!\s|'|"|\{\s*message:\s*['"]).{0,40}/g)].map(
    ([call]) => call,
  );
}

export function allCallsWithoutLiteral(): string[] {
  return sourcesWithTexts().flatMap(callsWithoutLiteral);
}

/** The texts of src as they are written there now, in the order of their keys. */
export async function extractBundle(): Promise<Bundle> {
  // As one source: the tool takes as long for each as for all of them.
  const texts = await getL10nJson([{ contents: sourcesWithTexts().join('\n'), extension: '.ts' }]);
  return Object.fromEntries(Object.entries(texts as Bundle).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Every language of which there is a file. */
export function translations(): Translation[] {
  const inFolder = (folder: string, pattern: RegExp): Map<string, Bundle> =>
    new Map(
      readdirSync(path.join(projectRoot, folder)).flatMap((name) => {
        const language = pattern.exec(name)?.[1];
        return language === undefined ? [] : [[language, readBundle(path.join(folder, name))]];
      }),
    );
  const bundles = inFolder('l10n', BUNDLE);
  const manifests = inFolder('.', MANIFEST_TEXTS);
  return [...new Set([...bundles.keys(), ...manifests.keys()])].sort().map((language) => ({
    language,
    bundle: bundles.get(language),
    manifestTexts: manifests.get(language),
  }));
}

export function textOf(entry: Bundle[string]): string {
  return typeof entry === 'string' ? entry : entry.message;
}

/**
 * What a translation must keep as it is: placeholders, icons, links, names of settings and keys, code. They are compared as
 * sets, for a language may need a value twice.
 */
const KEPT =
  /\{\d+\}|\$\([\w-]+(?:~\w+)?\)|\(command:[^\s)]+|https?:\/\/[\w./:-]*[\w/]|`[^`]+`|#[\w.]+#|<\/?[a-z]+>/g;

/**
 * What is wrong with a translation, as one line each: missing, unused and empty texts, and texts that have lost or gained
 * what is filled in or interpreted.
 */
export function translationProblems(source: Bundle, translation: Bundle): string[] {
  const keys = Object.keys(source);
  return [
    ...keys.filter((key) => !(key in translation)).map((key) => `missing: ${key}`),
    ...Object.keys(translation).flatMap((key) => {
      const original = source[key];
      if (original === undefined) return [`unused: ${key}`];
      const text: unknown = translation[key];
      if (typeof text !== 'string') return [`not a text: ${key}`];
      return textProblems(textOf(original), text).map((problem) => `${problem}: ${key}`);
    }),
  ];
}

function textProblems(original: string, text: string): string[] {
  const problems = text.trim() === '' ? ['empty'] : [];
  const kept = partsOf(original);
  const has = partsOf(text);
  problems.push(...[...kept].filter((part) => !has.has(part)).map((part) => `without ${part}`));
  problems.push(...[...has].filter((part) => !kept.has(part)).map((part) => `with ${part} of its own`));
  if (/^\s|\s$/.test(text) && !/^\s|\s$/.test(original)) problems.push('with space around it');
  // In VS Code, it says that the command asks for more before it does anything.
  if (original.endsWith('…') !== text.endsWith('…')) problems.push('with another end than “…”');
  return problems;
}

function partsOf(text: string): Set<string> {
  return new Set(text.match(KEPT) ?? []);
}
