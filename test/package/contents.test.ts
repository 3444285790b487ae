import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { expect, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { projectRoot } from '../workbench/paths';
import { vsix } from './vsix';

const archive = readFileSync(vsix);
const contents = unzipSync(archive);
const files = Object.keys(contents).filter((name) => name.startsWith('extension/'));

test('the package is smaller than 5 MB', () => {
  expect(archive.byteLength).toBeLessThan(5_000_000);
});

test('the package has only what the extension needs at run time', () => {
  const needed = [
    /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
    /^extension\/package\.nls(\.[\w-]+)?\.json$/,
    /^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
    /^extension\/dist\/(extension|emulator)\.js$/,
    /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
    /^extension\/dist\/webview\/[\w.-]+\.(js|css)$/,
    /^extension\/dist\/webview\/pdfjs\//,
    /^extension\/media\/[\w-]+\.(png|svg|woff)$/,
    /^extension\/media\/(viewers|walkthrough)\/[\w-]+\.svg$/,
    /^extension\/media\/sample\/[\w-]+\.\w+$/,
  ];
  expect(files.filter((name) => !needed.some((pattern) => pattern.test(name)))).toEqual([]);
  expect(files.filter((name) => /\.(map|ts|tsx)$/.test(name))).toEqual([]);
});

test('the bundles need nothing that is not there, and no module that VS Code has in the place of another', () => {
  for (const name of ['extension', 'emulator']) {
    const code = strFromU8(contents[`extension/dist/${name}.js`] ?? new Uint8Array());
    const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module = '']) => module);
    expect(required.length).toBeGreaterThan(0);
    expect(
      required.filter((module) => !['vscode', './emulator.js'].includes(module) && !isBuiltin(module)),
    ).toEqual([]);
    expect(required).not.toContain('undici');
  }
});

test('the package has every file that its manifest names', () => {
  const manifest = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');
  const named = [...manifest.matchAll(/"(?:\.\/)?((?:dist|media)\/[\w./-]+)"/g)].map(
    ([, file]) => `extension/${file}`,
  );
  expect(named).toContain('extension/dist/extension.js');
  expect(named.filter((name) => !files.includes(name))).toEqual([]);
});

test('the package has the texts of every language', () => {
  const texts = [...readdirSync(projectRoot), ...readdirSync(path.join(projectRoot, 'l10n'))]
    .filter((name) => /^(?:package\.nls|bundle\.l10n)(?:\.[\w-]+)?\.json$/.test(name))
    .map((name) => `extension/${name.startsWith('bundle') ? `l10n/${name}` : name}`);
  expect(texts).toEqual(
    expect.arrayContaining(['extension/package.nls.json', 'extension/l10n/bundle.l10n.json']),
  );
  expect(files.filter((name) => /nls|l10n/.test(name)).sort()).toEqual(texts.sort());
});

test('the package tells what it is, what changed and what the licence is', () => {
  expect(files).toEqual(
    expect.arrayContaining(['extension/readme.md', 'extension/changelog.md', 'extension/LICENSE.txt']),
  );
});

test('the package has the licence of every package of which it has a part', () => {
  const notices = strFromU8(contents['extension/dist/THIRD-PARTY-NOTICES.txt'] ?? new Uint8Array());
  const parts = notices.split(/^-{80}$/m);
  // Where each bundle comes from is in its source map, which is written beside it.
  const maps = files
    .filter((name) => /^extension\/dist\/.*\.js$/.test(name) && !name.includes('/pdfjs/'))
    .map((name) => path.join(projectRoot, `${name.slice('extension/'.length)}.map`));
  const sources = maps.flatMap(
    (map) => (JSON.parse(readFileSync(map, 'utf8')) as { readonly sources: readonly string[] }).sources,
  );
  const names = new Set(
    sources.flatMap(
      (source) =>
        /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ??
        // The maps of pdf.js name its own sources.
        (source.startsWith('webpack://pdf.js/') ? 'pdfjs-dist' : []),
    ),
  );
  expect([...names]).toEqual(expect.arrayContaining(['linkify-it', 'pdfjs-dist', 'core-js', 'undici', 'ws']));
  const without = [...names].filter(
    (name) =>
      !parts.some(
        (part) =>
          part.trimStart().startsWith(`${name} `) &&
          /^Source code: https:\/\/\S+$/m.test(part) &&
          /permission|terms and conditions/i.test(part),
      ),
  );
  expect(without).toEqual([]);
  expect(notices).toMatch(/Apache License\s+Version 2\.0/);
  expect(notices).toContain('LICENSE_FOXIT');
});
