import { provisionBrowser } from '../workbench/browser';
import { build } from '../workbench/build';
import { provisionWorkbench } from '../workbench/provision';

/** Builds the extension and fetches what its pages run in, so that no test pays for it. */
export default async function setup(): Promise<void> {
  await build('shipped');
  await provisionWorkbench();
  await provisionBrowser();
}
