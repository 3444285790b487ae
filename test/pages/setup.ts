import { provisionBrowser } from '../workbench/browser';
import { projectRoot } from '../workbench/paths';
import { provisionWorkbench } from '../workbench/provision';
import { runNode } from '../workbench/run';

/** Builds the extension and fetches what its pages run in, so that no test pays for it. */
export default async function setup(): Promise<void> {
  await runNode(['esbuild.js', 'shipped'], projectRoot);
  await provisionWorkbench();
  await provisionBrowser();
}
