import { copyFile, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { cachedFolder } from './cache';
import { npm } from './npm';

/** Carries VS Code 1.139.1; see CONTRIBUTING for how to move on to another. */
const version = '4.139.1';

/** Counts the changes of `adapt`, so that a workbench adapted otherwise is provisioned anew. */
const adaptation = 1;

/**
 * Makes sure that a VS Code server is in the cache, and returns its folder. The first time this downloads some 200 MB.
 * May be interrupted at any point, and called by several processes at once.
 */
export async function provisionWorkbench(): Promise<string> {
  const folder = await cachedFolder(`code-server-${version}-${adaptation}`, async (partial) => {
    console.error(`Downloading code-server ${version}, a VS Code to run the extension in (once) …`);
    await writeFile(path.join(partial, 'package.json'), '{"private":true}\n');
    // Without install scripts: they compile native modules that nothing here needs.
    await npm(['install', '--ignore-scripts', `code-server@${version}`], partial);
    await npm(['install', '--ignore-scripts', '--omit=dev'], serverIn(partial));
    await adapt(serverIn(partial));
  });
  return serverIn(folder);
}

function serverIn(folder: string): string {
  return path.join(folder, 'node_modules/code-server/lib/vscode');
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
