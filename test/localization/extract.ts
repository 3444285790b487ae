/** Writes the texts of src into l10n/bundle.l10n.json: `npm run l10n`. Lists what translations lack and have too much. */
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';
import { extractBundle, readBundle, translationProblems, translations, type Bundle } from './bundles';

async function main(): Promise<void> {
  const bundle = await extractBundle();
  writeFileSync(path.join(projectRoot, 'l10n/bundle.l10n.json'), `${JSON.stringify(bundle, undefined, 2)}\n`);
  const manifestTexts = readBundle('package.nls.json');
  for (const translation of translations()) {
    list(`l10n/bundle.l10n.${translation.language}.json`, bundle, translation.bundle);
    list(`package.nls.${translation.language}.json`, manifestTexts, translation.manifestTexts);
  }
}

function list(file: string, source: Bundle, translation: Bundle = {}): void {
  for (const problem of translationProblems(source, translation)) console.log(`${file}: ${problem}`);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
