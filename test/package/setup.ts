import { provisionBrowser } from '../workbench/browser';
import { buildPackage } from '../workbench/build';
import { provisionWorkbench } from '../workbench/provision';
import { vsix } from './vsix';

/** Packages the extension as `npm run package` does, and fetches the releases that it is installed into. */
export default async function setup(): Promise<void> {
  await buildPackage(vsix);
  await Promise.all([provisionWorkbench('newest'), provisionWorkbench('oldest')]);
  await provisionBrowser();
}
