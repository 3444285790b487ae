import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { cleanEnvironment } from './environment';
import { killTree } from './processTree';
import { provisionWorkbench } from './provision';
import { quietSettings } from './settings';

export interface ServerOptions {
  /** The user's settings.json; what a test needs to differ from `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and of its extension hosts, on top of this process's. */
  readonly env?: Readonly<Record<string, string>>;
  /** VSIX files installed before the server starts. */
  readonly extensions?: readonly string[];
}

/** A running VS Code server with a profile of its own. */
export interface Server {
  /** Where the workbench is served, without a trailing slash. */
  readonly url: string;
  /** The address of a workbench in an empty folder, with an extension under development and tests to run in its host, if given. */
  workbenchUrl(development?: { extension: string; tests?: string }): string;
  /** Copies the logs of the server, its extension hosts and their output channels so far. */
  copyLogs(target: string): Promise<void>;
  /** Ends the server with all its extension hosts and deletes the profile. */
  stop(): Promise<void>;
}

/** Starts a server on a free port with a fresh profile; the first time, a VS Code is downloaded. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const vscode = await provisionWorkbench();
  const profile = await mkdtemp(path.join(tmpdir(), 'mailbox-'));
  const folder = path.join(profile, 'folder');
  const settings = path.join(profile, 'data/User/settings.json');
  await mkdir(folder);
  await mkdir(path.dirname(settings), { recursive: true });
  await writeFile(settings, JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2));

  const launch = (args: readonly string[]): ChildProcess =>
    spawn(
      process.execPath,
      [path.join(vscode, 'out/server-main.js'), '--server-data-dir', profile, ...args],
      {
        env: {
          ...cleanEnvironment(),
          // Sockets that a killed server leaves behind go with the profile. Elsewhere their paths would become too long.
          ...(process.platform === 'linux' && { TMPDIR: profile, XDG_RUNTIME_DIR: profile }),
          ...options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
      },
    );

  for (const extension of options.extensions ?? []) await install(launch(['--install-extension', extension]));

  const child = launch([
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--enable-smoke-test-driver', '--disable-workspace-trust'],
  ]);
  const killNow = (): void => killTree(child);
  process.once('exit', killNow);
  const port = await listeningPort(child, path.join(profile, 'data/logs/server.log'));
  const authority = `127.0.0.1:${port}`;

  return {
    url: `http://${authority}`,
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
    copyLogs: (target) => cp(path.join(profile, 'data/logs'), target, { recursive: true }),
    stop: async () => {
      process.off('exit', killNow);
      const closed = new Promise((resolve) => child.once('close', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        killNow();
        await closed;
      }
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
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
