// @ts-check
/**
 * Builds every bundle: `node esbuild.js [--production] [--watch] [NAME…]`. Without names all of them, or with --production
 * those that go into the VSIX; the name "shipped" stands for those. Prints nothing on stdout unless it watches.
 */
const { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

/** The emulator is a bundle of its own, so that it costs nothing until somebody signs in with the sample mailbox. */
const emulatorApart = {
  name: 'emulator-apart',
  /** @param {esbuild.PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /\/emulator\/emulator$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './emulator.js', external: true } : undefined,
    );
  },
};

let building = 0;

/** What tasks.json waits for and reads as problems: one start and one end for all bundles. */
const watchMessages = {
  name: 'watch-messages',
  /** @param {esbuild.PluginBuild} build */
  setup(build) {
    build.onStart(() => {
      if (building++ === 0) console.log('[watch] build started');
    });
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (--building === 0) console.log('[watch] build finished');
    });
  },
};

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  metafile: true,
  minify: production,
  sourcemap: true,
  sourcesContent: false,
  logLevel: watch ? 'silent' : 'warning',
  plugins: watch ? [watchMessages] : [],
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  outdir: 'dist',
  external: ['vscode'],
  // Dynamic imports become calls of require, which is what the extension host knows how to serve.
  supported: { 'dynamic-import': false },
  // ws does without these two native packages; it must not look for them in folders of others.
  // VS Code reports extensions that ask for the global `navigator`; oauth4webapi does, and does without.
  define: {
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
    'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
    navigator: 'undefined',
  },
};

/** @type {esbuild.BuildOptions} */
const browser = {
  ...common,
  platform: 'browser',
  format: 'esm',
  target: 'chrome142',
  outdir: 'dist/webview',
};

/** @param {string} ending */
function webviewEntries(ending) {
  return readdirSync('src/webview')
    .filter((file) => file.endsWith(ending))
    .map((file) => ({
      in: path.join('src/webview', file),
      out: path.basename(file).replace(/(\.page)?\.ts$/, ''),
    }));
}

/** @type {Record<string, () => esbuild.BuildOptions[]>} */
const bundles = {
  host: () => [
    { ...node, entryPoints: ['src/extension.ts'], plugins: [...(common.plugins ?? []), emulatorApart] },
  ],
  emulator: () => [{ ...node, entryPoints: ['src/emulator/emulator.ts'] }],
  emulatorCli: () => [{ ...node, entryPoints: { emulatorCli: 'src/emulator/cli.ts' } }],
  webview: () => [
    { ...browser, splitting: true, entryPoints: webviewEntries('.page.ts') },
    // A page starts workers from a blob, where they could not find shared chunks.
    { ...browser, entryPoints: webviewEntries('.worker.ts') },
  ],
  integration: () => [
    {
      ...node,
      outbase: 'test/integration',
      outdir: 'dist/test/integration',
      entryPoints: [
        'test/integration/index.ts',
        ...readdirSync('test/integration', { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.test.ts'))
          .map((file) => path.join('test/integration', file)),
      ],
      external: ['vscode', 'mocha'],
    },
  ],
};

const shipped = ['host', 'emulator', 'webview'];

/** pdf.js finds its worker, decoders, fonts and character maps by address, so they stay files of their own. */
function copyPdfjs() {
  const source = path.dirname(require.resolve('pdfjs-dist/package.json'));
  const target = 'dist/webview/pdfjs';
  cpSync(path.join(source, 'legacy/build/pdf.worker.min.mjs'), path.join(target, 'pdf.worker.min.mjs'));
  for (const folder of ['wasm', 'standard_fonts', 'cmaps']) {
    cpSync(path.join(source, folder), path.join(target, folder), {
      recursive: true,
      // Only for browsers without WebAssembly.
      filter: (file) => !file.endsWith('_nowasm_fallback.js'),
    });
  }
}

/** A package that has no file with its licence: that of another one, by the same author and with the same words. */
const LICENCES_ELSEWHERE = new Map([['truncate-utf8-bytes', 'utf8-byte-length/LICENSE.WTFPL.txt']]);

/** What packages have in their own bundles; all of these have the MIT licence, as we do. */
const CONTAINED = [
  {
    name: 'core-js',
    within: 'pdfjs-dist',
    source: 'https://github.com/zloirock/core-js',
    copyright: 'Copyright (c) 2013-2025 Denis Pushkarev, 2025-2026 CoreJS Company',
  },
  {
    name: 'llhttp',
    within: 'undici',
    source: 'https://github.com/nodejs/llhttp',
    copyright: 'Copyright Fedor Indutny, 2018',
  },
];

/**
 * Writes whose work is shipped, where its source code is, and under what licence.
 * @param {esbuild.BuildResult[]} results
 * @throws Error if a package comes without a licence
 */
function writeNotices(results) {
  const inputs = results.flatMap(({ metafile }) =>
    Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.keys(output.inputs)),
  );
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  folders.add('node_modules/pdfjs-dist');
  const notices = [...folders].sort().map((folder) => noticeOf(folder));
  for (const { name, within, source, copyright } of CONTAINED) {
    if (!folders.has(`node_modules/${within}`)) throw new Error(`${within} is not shipped any more.`);
    const licence = readFileSync('LICENSE', 'utf8').replace(/^Copyright .*$/m, copyright);
    notices.push(`${name} (in ${within})\nLicence: MIT\nSource code: ${source}\n\n${licence.trim()}\n`);
  }
  const head =
    'Mailbox for RingCentral contains the following works of others. Their source code is unchanged.\n';
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', [head, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
}

/** @param {string} folder of a package */
function noticeOf(folder) {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const elsewhere = LICENCES_ELSEWHERE.get(name);
  const files = elsewhere
    ? [path.join('node_modules', elsewhere)]
    : // pdf.js has those of its decoders, fonts and character maps beside them.
      ['', 'wasm', 'standard_fonts', 'cmaps'].flatMap((part) => licencesIn(path.join(folder, part)));
  if (!license || files.length === 0) throw new Error(`The package ${name} has no licence.`);
  const texts = files.map((file) => `${path.basename(file)}\n\n${readFileSync(file, 'utf8').trim()}\n`);
  const address = typeof repository === 'string' ? `https://github.com/${repository}` : repository.url;
  const source = `Source code: ${address.replace(/^git\+/, '').replace(/^git@([^:]+):/, 'https://$1/')}`;
  return [`${name} ${version}\nLicence: ${license}\n${source}\n`, ...texts].join('\n');
}

/** @param {string} folder */
function licencesIn(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => /^(licen[sc]e|notice|copying)/i.test(name))
    .map((name) => path.join(folder, name));
}

async function main() {
  process.chdir(__dirname);
  const named = names.flatMap((name) => (name === 'shipped' ? shipped : [name]));
  const wanted = named.length > 0 ? named : production ? shipped : Object.keys(bundles);
  // Files of these two come and go with their sources, and old ones would be shipped or run.
  if (wanted.includes('webview')) rmSync('dist/webview', { recursive: true, force: true });
  if (wanted.includes('integration')) rmSync('dist/test/integration', { recursive: true, force: true });
  if (wanted.includes('webview')) copyPdfjs();
  const options = wanted.flatMap((name) => {
    const bundle = bundles[name];
    if (!bundle)
      throw new Error(`There is no bundle "${name}"; there are ${Object.keys(bundles).join(', ')}.`);
    return bundle();
  });
  if (watch) {
    const contexts = await Promise.all(options.map((option) => esbuild.context(option)));
    await Promise.all(contexts.map((context) => context.watch()));
  } else {
    const results = await Promise.all(options.map((option) => esbuild.build(option)));
    if (shipped.every((name) => wanted.includes(name))) writeNotices(results);
  }
}

main().catch((error) => {
  // esbuild has printed the errors of the sources already.
  if (!(error instanceof Error && 'errors' in error)) console.error(error);
  process.exitCode = 1;
});
