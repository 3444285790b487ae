import { mkdir } from 'node:fs/promises';
import { provisionBrowser } from '../workbench/browser';
import { npmCommand } from '../workbench/npm';
import { cacheRoot, projectRoot } from '../workbench/paths';
import { provisionWorkbench } from '../workbench/provision';
import { run } from '../workbench/run';
import { vsix } from './vsix';

/** Packages the extension as `npm run package` does, and fetches what it is installed into. */
export default async function setup(): Promise<void> {
  await mkdir(cacheRoot, { recursive: true });
  const { command, args } = npmCommand(['run', '--silent', 'package', '--', '--out', vsix]);
  await run(command, args, projectRoot);
  await provisionWorkbench();
  await provisionBrowser();
}
