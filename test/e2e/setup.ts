import { provisionBrowser } from '../workbench/browser';
import { build } from '../workbench/build';
import { provisionWorkbench } from '../workbench/provision';

/** Builds the extension and fetches what it runs in, so that no test pays for it. */
export default async function setup(): Promise<void> {
  await build('shipped');
  await provisionWorkbench('newest');
  await provisionBrowser();
}
