import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { cachedFolder } from './cache';
import { npm } from './npm';
import { provisionNode } from './provisionNode';
import { type Release, type ReleaseName, releases } from './releases';

/** Counts the changes of this file's adaptations, so that a workbench that was adapted differently is provisioned again. */
const adaptation = 1;

/** A VS Code server on this machine. */
export interface ProvisionedWorkbench {
  /** The executable of the Node that runs the server. */
  readonly node: string;
  /** The folder of the server. */
  readonly vscode: string;
}

/**
 * Makes sure that a VS Code server is in the cache. The first time this downloads some 200 MB. May be interrupted at any
 * point, and called by several processes at once.
 */
export async function provisionWorkbench(name: ReleaseName = 'newest'): Promise<ProvisionedWorkbench> {
  const release: Release = releases[name];
  const { version, node } = release;
  const folder = await cachedFolder(`code-server-${version}-${adaptation}`, async (partial) => {
    console.error(`Downloading code-server ${version}, a VS Code to run the extension in (once) …`);
    await writeFile(path.join(partial, 'package.json'), '{"private":true}\n');
    // Without install scripts: they compile native modules that nothing here needs.
    await npm(['install', '--ignore-scripts', `code-server@${version}`], partial);
    if (release.replacedDependencies) {
      await replaceDependencies(serverIn(partial), release.replacedDependencies);
    }
    await npm(['install', '--ignore-scripts', '--omit=dev'], serverIn(partial));
    await adapt(serverIn(partial), release);
  });
  return { node: node ? await provisionNode(node) : process.execPath, vscode: serverIn(folder) };
}

function serverIn(folder: string): string {
  return path.join(folder, 'node_modules/code-server/lib/vscode');
}

/** @throws Error if the server does not have one of these dependencies. */
async function replaceDependencies(
  vscode: string,
  replaced: Readonly<Record<string, string>>,
): Promise<void> {
  const file = path.join(vscode, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { dependencies: Record<string, string> };
  for (const [name, specifier] of Object.entries(replaced)) {
    if (!(name in manifest.dependencies)) throw new Error(`The server does not depend on ${name}.`);
    manifest.dependencies[name] = specifier;
  }
  await writeFile(file, JSON.stringify(manifest, undefined, 2));
  // It pins the dependencies that were replaced.
  await rm(path.join(vscode, 'npm-shrinkwrap.json'));
}

/**
 * Gives back what is lost by running VS Code without native modules, and by letting it load extensions under development.
 * @throws Error if the workbench does not treat notifications as the release says.
 */
async function adapt(vscode: string, { version, hidesNotifications }: Release): Promise<void> {
  await copyFile(
    path.join(__dirname, 'spdlog.cjs'),
    path.join(vscode, 'node_modules/@vscode/spdlog/index.js'),
  );

  // The smoke test driver, which we need for its `payload`, hides the notifications that people see.
  const workbench = path.join(vscode, 'out/vs/code/browser/workbench/workbench.js');
  const source = await readFile(workbench, 'utf8');
  const hiding = /&&!this\.\w+\.enableSmokeTestDriver(?=&&\w+\.priority\b)/g;
  const count = source.match(hiding)?.length ?? 0;
  if (count !== (hidesNotifications ? 1 : 0)) {
    throw new Error(
      `The workbench of code-server ${version} hides notifications in ${count} places; releases.ts expects ${
        hidesNotifications ? 'one' : 'none'
      }. Read what it does with enableSmokeTestDriver.`,
    );
  }
  await writeFile(workbench, source.replace(hiding, ''));
}
