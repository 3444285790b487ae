import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { cleanEnvironment } from './environment';
import { killTree } from './processTree';
import { ExtensionHosts } from './extensionHosts';
import { provisionWorkbench } from './provision';
import type { ReleaseName } from './releases';
import { quietSettings } from './settings';

export interface ServerOptions {
  /** The VS Code to start; the newest by default. */
  readonly release?: ReleaseName;
  /** Environment of the server and of its extension hosts, on top of this process's. */
  readonly env?: Readonly<Record<string, string>>;
  /** VSIX files installed before the server starts. */
  readonly extensions?: readonly string[];
  /** Whether VS Code has all of its built-in extensions; by default those that a test can need, because every window reads them. */
  readonly allBuiltIns?: boolean;
  /** See `Server.begin`. */
  readonly settings?: Settings;
}

/** The built-in extensions that tests need: the themes, and what opens a message or an attachment as a file. */
const neededBuiltIns = ['theme-defaults', 'theme-seti', 'markdown-basics', 'json', 'media-preview'] as const;

/** A language that VS Code is shown in. */
export interface DisplayLanguage {
  /** VS Code's id, such as `pt-br`. */
  readonly language: string;
  /** Translates VS Code's own texts; they stay English without it. */
  readonly translate?: (text: string) => string;
}

/** The user's settings.json, where it differs from `quietSettings`. */
export type Settings = Readonly<Record<string, unknown>>;

/** A running VS Code server. */
export interface Server {
  /** Where the workbench is served, without a trailing slash. */
  readonly url: string;
  /**
   * Where an extension under development looks for a credential to sign in with (`src/auth/developmentSignIn.ts`); there is
   * none until somebody writes it.
   */
  readonly credentialFile: string;
  /** Where the server keeps the user's settings and the storage of extensions. */
  readonly userData: string;
  /** The user's folder, which the workbench opens. */
  readonly folder: string;
  /**
   * Gives the user new settings and an empty folder. Whatever the server kept of a user before is gone: settings, storage of
   * extensions, the folder, logs. The browser keeps the rest, secrets among it. VS Code is shown in English by default.
   */
  begin(settings?: Settings, display?: DisplayLanguage): Promise<void>;
  /** Ends the extension hosts of all windows, which must be closed. */
  endExtensionHosts(): Promise<void>;
  /** The address of a workbench in the user's folder, with an extension under development and tests to run in its host, if given. */
  workbenchUrl(development?: { extension: string; tests?: string }): string;
  /** Copies the logs of the server, its extension hosts and their output channels so far. */
  copyLogs(target: string): Promise<void>;
  /** Ends the server with all its extension hosts and deletes everything of it. */
  stop(): Promise<void>;
}

/** Starts a server on a free port; the first time, a VS Code is downloaded. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const workbench = await provisionWorkbench(options.release);
  const root = await mkdtemp(path.join(tmpdir(), 'mailbox-'));
  const data = path.join(root, 'data');
  const userData = path.join(data, 'User');
  const logs = path.join(data, 'logs');
  const credentialFile = path.join(root, 'credential.json');
  const allBuiltIns = path.join(workbench.vscode, 'extensions');
  const builtIns = options.allBuiltIns ? allBuiltIns : await copyNeeded(allBuiltIns, root);
  let folder = '';

  const launch = (args: readonly string[]): ChildProcess =>
    spawn(
      workbench.node,
      [
        path.join(workbench.vscode, 'out/server-main.js'),
        ...['--server-data-dir', root],
        ...['--builtin-extensions-dir', builtIns],
        ...args,
      ],
      {
        env: {
          ...cleanEnvironment(),
          // Sockets that a killed server leaves behind go with its folder. Elsewhere their paths would become too long.
          ...(process.platform === 'linux' && { TMPDIR: root, XDG_RUNTIME_DIR: root }),
          RINGCENTRAL_MAILBOX_CREDENTIAL: credentialFile,
          ...options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
      },
    );

  const begin = async (settings: Settings = {}, display?: DisplayLanguage): Promise<void> => {
    await removeAll([userData, credentialFile, folder, ...(await extensionHostLogs(logs))]);
    await mkdir(userData, { recursive: true });
    await writeFile(
      path.join(userData, 'settings.json'),
      JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
    );
    await chooseLanguage({ data, userData, vscode: workbench.vscode }, display);
    folder = await mkdtemp(path.join(root, 'folder-'));
  };

  await begin(options.settings);
  for (const extension of options.extensions ?? []) await install(launch(['--install-extension', extension]));

  const child = launch([
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--enable-smoke-test-driver', '--disable-workspace-trust'],
    // It costs more than it saves within a machine.
    '--disable-websocket-compression',
  ]);
  const killNow = (): void => killTree(child);
  process.once('exit', killNow);
  const hosts = new ExtensionHosts(child);
  const port = await listeningPort(child, path.join(logs, 'server.log'));
  const authority = `127.0.0.1:${port}`;

  return {
    url: `http://${authority}`,
    credentialFile,
    userData,
    get folder() {
      return folder;
    },
    begin,
    endExtensionHosts: () => hosts.end(),
    workbenchUrl: (development) => {
      const remote = (file: string): string => `vscode-remote://${authority}${pathToFileURL(file).pathname}`;
      const payload = [
        ['skipWelcome', 'true'],
        ...(development ? [['extensionDevelopmentPath', remote(development.extension)]] : []),
        ...(development?.tests ? [['extensionTestsPath', remote(development.tests)]] : []),
      ];
      const query = new URLSearchParams({
        folder: decodeURIComponent(pathToFileURL(folder).pathname),
        payload: JSON.stringify(payload),
      });
      return `http://${authority}/?${query.toString()}`;
    },
    copyLogs: (target) => cp(logs, target, { recursive: true }),
    stop: async () => {
      process.off('exit', killNow);
      const closed = new Promise((resolve) => child.once('close', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        killNow();
        await closed;
      }
      await removeAll([root]);
    },
  };
}

/**
 * Chooses the language as the command Configure Display Language does, in argv.json. VS Code takes only one for which a
 * language pack is installed: this one has the texts of the workbench, or none.
 */
async function chooseLanguage(
  { data, userData, vscode }: { readonly data: string; readonly userData: string; readonly vscode: string },
  display: DisplayLanguage | undefined,
): Promise<void> {
  const packs = path.join(data, 'languagepacks.json');
  await rm(packs, { force: true });
  if (!display) return;
  const { language, translate } = display;
  const texts = path.join(data, `${language}.i18n.json`);
  const contents = translate ? await translatedTexts(path.join(vscode, 'out'), translate) : {};
  await writeFile(texts, JSON.stringify({ contents }));
  const hash = `${language}-${translate ? 'translated' : 'english'}`;
  // VS Code looks for the extension of a pack, and there is none.
  const extensions = [{ extensionIdentifier: { id: 'test.language-pack' }, version: '1.0.0' }];
  const pack = { hash, extensions, translations: { vscode: texts }, label: language };
  await writeFile(packs, JSON.stringify({ [language]: pack }));
  await writeFile(path.join(userData, 'argv.json'), JSON.stringify({ locale: language }));
}

/** The texts of the workbench by module and key, as a language pack has them. */
async function translatedTexts(
  out: string,
  translate: (text: string) => string,
): Promise<Record<string, Record<string, string>>> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(out, name), 'utf8'));
  const keys = (await read('nls.keys.json')) as readonly (readonly [
    module: string,
    keys: readonly string[],
  ])[];
  const messages = ((await read('nls.messages.json')) as readonly string[]).values();
  return Object.fromEntries(
    keys.map(([module, names]) => [
      module,
      Object.fromEntries(names.map((name) => [name, translate(messages.next().value ?? '')])),
    ]),
  );
}

/** @returns the folder in `root` that has the built-in extensions that tests need */
async function copyNeeded(allBuiltIns: string, root: string): Promise<string> {
  const target = path.join(root, 'built-in-extensions');
  const needed = new Set<string>(neededBuiltIns);
  for (const name of await readdir(allBuiltIns)) {
    const extension = path.join(allBuiltIns, name);
    if (needed.has(name)) await cp(extension, path.join(target, name), { recursive: true });
    else await writeStandIn(extension, path.join(target, name));
  }
  return target;
}

/**
 * The workbench knows by itself of built-in extensions that run in a browser, and tells of each that it cannot load, unless the
 * server has it, too. This one has the same identity and does nothing.
 */
async function writeStandIn(extension: string, target: string): Promise<void> {
  const manifest = await readFile(path.join(extension, 'package.json'), 'utf8').catch(() => '{}');
  const { name, publisher, version, engines, browser } = JSON.parse(manifest) as Record<string, unknown>;
  if (browser === undefined) return;
  await mkdir(target, { recursive: true });
  const standIn = { name, publisher, version, engines, main: 'index.js', activationEvents: [] };
  await writeFile(path.join(target, 'package.json'), JSON.stringify(standIn));
}

async function removeAll(files: readonly string[]): Promise<void> {
  for (const file of files) if (file) await rm(file, { recursive: true, force: true, maxRetries: 5 });
}

/** The folders of logs that each window's extension host has of its own, in one of the server's for each of its starts. */
async function extensionHostLogs(logs: string): Promise<string[]> {
  const files = await readdir(logs, { recursive: true }).catch(() => []);
  return files.filter((file) => /^[^/\\]+[/\\]exthost\d+$/.test(file)).map((file) => path.join(logs, file));
}

async function install(installer: ChildProcess): Promise<void> {
  let output = '';
  installer.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  installer.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise((resolve) => installer.once('close', resolve));
  if (code !== 0) throw new Error(`The extension could not be installed:\n${output}`);
}

/** Follows the server's output into a file and resolves with the port it names. */
async function listeningPort(child: ChildProcess, logFile: string): Promise<string> {
  await mkdir(path.dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The VS Code server does not start; see ${logFile}.`)),
      60_000,
    );
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The VS Code server ended with code ${String(code)}; see ${logFile}.`)),
    );
    if (!child.stdout) return;
    createInterface(child.stdout).on('line', (line) => {
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(port);
    });
  });
}
