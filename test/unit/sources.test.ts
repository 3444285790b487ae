/** What holds for all files of src, and no linter knows. */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.join(import.meta.dirname, '../../src');

/**
 * What each folder of src, or file in one, may import apart from its own folder: imports run one way. `extension.ts` wires
 * them together and may import anything.
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  util: [],
  formats: ['util'],
  api: ['util', 'formats'],
  'api/httpClient': ['util', 'undici'],
  'api/undici.d': ['undici'],
  'api/push/textSocket': ['util', 'ws'],
  storage: ['util'],
  mailbox: ['util', 'formats', 'storage', 'api'],
  emulator: ['util', 'api/schema', 'api/json'],
  'emulator/push/pushServer': ['util', 'api/schema', 'api/json', 'ws'],
  'emulator/push/pushSession': ['util', 'api/schema', 'api/json', 'ws'],
  display: ['util', 'formats', 'storage', 'api', 'mailbox', 'vscode'],
  accounts: ['util', 'storage', 'api', 'mailbox', 'display', 'auth', 'ids', 'settings', 'vscode'],
  auth: ['util', 'storage', 'api', 'display', 'ids', 'settings', 'emulator/emulator', 'vscode'],
  tree: ['util', 'api', 'mailbox', 'display', 'ids', 'settings', 'vscode'],
  files: ['util', 'api', 'mailbox', 'display', 'ids', 'vscode'],
  viewers: ['util', 'formats', 'api', 'mailbox', 'display', 'ids', 'vscode'],
  notifications: ['util', 'storage', 'api', 'mailbox', 'display', 'ids', 'settings', 'vscode'],
  commands: [
    'util',
    'formats',
    'api',
    'mailbox',
    'display',
    'ids',
    'settings',
    'auth',
    'tree',
    'viewers',
    'notifications',
    'vscode',
  ],
  webview: [
    'util',
    'formats',
    'viewers/protocol',
    'viewers/conversationProtocol',
    'viewers/strings',
    'mailbox/search/matchRanges',
    'display/encode',
  ],
};

/** Packages that only those may import who name them above. */
const restrictedPackages = ['vscode', 'undici', 'ws'];

/** The imports, exports from elsewhere, dynamic imports and imports of types in a source. */
function importedBy(source: string): readonly string[] {
  const found = source.matchAll(/\b(?:from|import|import\(|require\()\s*(['"])(.+?)\1/g);
  return [...found].flatMap(([, , specifier]) => specifier ?? []);
}

/** The imports of a file, named by its path in src without the ending, that its layer does not allow. */
function crossings(file: string, source: string): readonly string[] {
  const folder = /^(\w+)\//.exec(file)?.[1];
  if (folder === undefined) return [];
  const allowed = [folder, ...(layers[file] ?? layers[folder] ?? [])];
  return importedBy(source).flatMap((specifier) => {
    const isRelative = specifier.startsWith('.');
    const to = isRelative ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
    if (!isRelative && !restrictedPackages.includes(to.replace(/\/.*/, ''))) return [];
    if (allowed.some((place) => to === place || to.startsWith(`${place}/`))) return [];
    return [`${file} must not import ${to}`];
  });
}

function sources(): readonly (readonly [file: string, source: string])[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [
      name.replaceAll(path.sep, '/').replace(/\.ts$/, ''),
      readFileSync(path.join(SRC, name), 'utf8'),
    ]);
}

describe('imports', () => {
  it('run one way', () => {
    expect(sources().flatMap(([file, source]) => crossings(file, source))).toEqual([]);
  });

  it.each([
    [`import { a } from '../tree/a';`, 'tree/a'],
    [`import {\n  type A,\n} from '../tree/a';`, 'tree/a'],
    [`import '../tree/a';`, 'tree/a'],
    [`export * from '../tree/a';`, 'tree/a'],
    [`const a = await import('../tree/a');`, 'tree/a'],
    [`const a = await import(\n  '../tree/a'\n);`, 'tree/a'],
    [`type A = import('../tree/a').A;`, 'tree/a'],
    [`import * as vscode from 'vscode';`, 'vscode'],
    [`import Agent from 'undici/lib/dispatcher/agent.js';`, 'undici/lib/dispatcher/agent.js'],
  ])('of another layer are found: %s', (source, to) => {
    expect(crossings('mailbox/some', source)).toEqual([`mailbox/some must not import ${to}`]);
  });

  it.each([
    ['mailbox/store/some', `import { a } from '../sync/a';`],
    ['mailbox/some', `import { a } from '../util/a';`],
    ['mailbox/some', `import { a } from 'node:path';`],
    ['api/httpClient', `import Agent from 'undici/lib/dispatcher/agent.js';`],
    ['extension', `import { a } from './tree/a';`],
  ])('that a layer allows are let be: %s, %s', (file, source) => {
    expect(crossings(file, source)).toEqual([]);
  });
});

describe('sets of names', () => {
  it('are unions of literals instead of enums', () => {
    const enums = sources().filter(([, source]) => /^(\w+ )*enum \w/m.test(source));
    expect(enums.map(([file]) => file)).toEqual([]);
  });
});

/** What shows texts, and interprets some of what is in them: by the files that may call it, because they encode it. */
const INTERPRETING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bshow(?:Information|Warning|Error)Message\b/, ['display/window']],
  [/\b(?:window\.|\{[^}]*\b)withProgress\b/, ['display/window']],
  [
    /\b(?:showQuickPick|createQuickPick|showInputBox|createInputBox|setStatusBarMessage)\b/,
    ['display/window'],
  ],
  // In the second, numbers and words of ours.
  [/\bcreateStatusBarItem\b/, ['display/window', 'tree/statusBar']],
  [
    /\b(?:MarkdownString|untrustedMarkdown)\b/,
    ['display/untrustedMarkdown', 'tree/tooltip', 'tree/statusBar', 'extension'],
  ],
  // In the second, a sentence of ours.
  [/\bnew (?:\w+\.)?MarkdownString\b/, ['display/untrustedMarkdown', 'extension']],
  [/\bcreateWebviewPanel\b/, ['viewers/viewerPanel']],
  [/\bnew vscode\.TreeItem\b/, ['tree/accountItem', 'tree/groupItem', 'tree/messageItem', 'tree/moreItem']],
  // It shows names and numbers of the API alone.
  [/\bopenTextDocument\b/, ['commands/connectionCommands']],
  [/\bcreateTerminal\b/, []],
];

describe('what VS Code interprets in texts', () => {
  it.each(INTERPRETING)('%s is called only where other people’s words are encoded', (call, files) => {
    const callers = sources().filter(([, source]) =>
      call.test(source.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')),
    );
    expect(callers.map(([file]) => file).filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('bytes of texts', () => {
  it('are decoded in one place, which knows what is wrong with those of other people', () => {
    const decoders = sources().filter(([, source]) => /\bnew TextDecoder\b/.test(source));
    expect(decoders.map(([file]) => file)).toEqual(['util/decodeText']);
  });
});

/** Who may write out a media type: those that send one, or make one up, and compare none. */
const NAMING_TYPES = [
  'formats/mediaTypes',
  'formats/signatures',
  'api/multiStatus',
  'api/messageStore',
  'api/transport',
  'api/authorizationServer',
  'auth/loopbackReturn',
  'tree/fileDrag',
  'webview/vcardLines',
  'webview/startWorker',
];

/** A media type, or a family of them, in a string or in a pattern. */
const MEDIA_TYPE = /['"`/^(|](?:audio|video|image|text|application)\\?\/(?!['"]?\.)/;

describe('media types', () => {
  it('are decided upon in one table', () => {
    const deciding = sources().filter(
      ([file, source]) =>
        !file.startsWith('emulator/') && MEDIA_TYPE.test(source.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')),
    );
    expect(deciding.map(([file]) => file).filter((file) => !NAMING_TYPES.includes(file))).toEqual([]);
  });

  it.each([
    `if (type === 'audio/wav') play();`,
    `type.startsWith("image/")`,
    'type === `text/${subtype}`',
    String.raw`/^audio\//.test(type)`,
    String.raw`/^(?:image|video\/mp4)$/`,
    String.raw`/application\/pdf/`,
  ])('are found in a decision: %s', (source) => {
    expect(MEDIA_TYPE.test(source)).toBe(true);
  });
});

describe('settings', () => {
  it('are read only where values of the wrong type are caught', () => {
    const readers = sources().filter(([, source]) => /\bgetConfiguration\b/.test(source));
    expect(readers.map(([file]) => file).sort()).toEqual(['auth/clientIdSetting', 'settings']);
  });
});
