import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { lock } from 'proper-lockfile';
import { npmCommand } from './npm';
import { cacheRoot } from './paths';
import { run } from './run';

/** Carries VS Code 1.139.1; see CONTRIBUTING for how to move on to another. */
const version = '4.139.1';

/** Counts the changes of `adapt`, so that a workbench adapted otherwise is provisioned anew. */
const adaptation = 1;

/**
 * Makes sure that a VS Code server is in the cache folder and returns its folder. The first time this downloads some 200 MB.
 * May be interrupted at any point, and called by several processes at once.
 */
export async function provisionWorkbench(): Promise<string> {
  const folder = path.join(cacheRoot, `code-server-${version}-${adaptation}`);
  const server = (root: string): string => path.join(root, 'node_modules/code-server/lib/vscode');
  if (await exists(folder)) return server(folder);

  await mkdir(cacheRoot, { recursive: true });
  const release = await lock(cacheRoot, {
    lockfilePath: path.join(cacheRoot, 'provision.lock'),
    retries: { retries: 600, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    // Somebody else may have been faster while we waited.
    if (await exists(folder)) return server(folder);
    console.error(`Downloading code-server ${version}, a VS Code to run the extension in (once) …`);
    const partial = `${folder}.partial`;
    // Of an attempt that was interrupted; its npm may take a moment longer to end than the attempt did.
    await rm(partial, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    await mkdir(partial);
    await writeFile(path.join(partial, 'package.json'), '{"private":true}\n');
    // Without install scripts: they compile native modules that nothing here needs.
    await npm(['install', '--ignore-scripts', `code-server@${version}`], partial);
    await npm(['install', '--ignore-scripts', '--omit=dev'], server(partial));
    await adapt(server(partial));
    await rename(partial, folder);
    return server(folder);
  } finally {
    await release();
  }
}

/** Gives back what is lost by running VS Code without native modules, and by letting it load extensions under development. */
async function adapt(vscode: string): Promise<void> {
  await copyFile(
    path.join(__dirname, 'spdlog.cjs'),
    path.join(vscode, 'node_modules/@vscode/spdlog/index.js'),
  );

  // The smoke test driver, which we need for its `payload`, hides the notifications that people see.
  const workbench = path.join(vscode, 'out/vs/code/browser/workbench/workbench.js');
  const parts = (await readFile(workbench, 'utf8')).split(
    '&&!this.environmentService.enableSmokeTestDriver&&e.priority!==2',
  );
  if (parts.length !== 2)
    throw new Error(`The notifications of code-server ${version} are not where they are expected.`);
  await writeFile(workbench, parts.join('&&e.priority!==2'));
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const npm = npmCommand([...args, '--no-audit', '--no-fund', '--loglevel=error']);
  await run(npm.command, npm.args, cwd);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
