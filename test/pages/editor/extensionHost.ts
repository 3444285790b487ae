import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { Script } from 'node:vm';
import type * as vscode from 'vscode';
import type { TestApi } from '../../../src/extension';
import { projectRoot } from '../../workbench/paths';

interface Extension {
  activate(context: vscode.ExtensionContext): TestApi | undefined;
  deactivate(): Promise<void>;
}

const bundle = path.join(projectRoot, 'dist/extension.js');
const requireBundled = createRequire(bundle);
let script: Script | undefined;

/**
 * Loads the extension as it is shipped. Nothing of it is shared with the times that it was loaded before.
 * @param api stands in for the module `vscode`
 */
export function loadExtension(api: unknown): Extension {
  script ??= new Script(`(function (exports, require, module) {${readFileSync(bundle, 'utf8')}\n})`, {
    filename: bundle,
  });
  const define = script.runInThisContext() as (
    exports: unknown,
    require: (name: string) => unknown,
    module: unknown,
  ) => void;
  const module = { exports: {} };
  define(module.exports, (name) => (name === 'vscode' ? api : (requireBundled(name) as unknown)), module);
  return module.exports as Extension;
}
