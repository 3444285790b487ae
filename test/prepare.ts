/** Fetches and builds everything that the suites need, for when several run at once: `npm run test:prepare`. */
import { vsix } from './package/vsix';
import { provisionBrowser } from './workbench/browser';
import { build, buildPackage, BUILT } from './workbench/build';
import { provisionWorkbench } from './workbench/provision';

async function main(): Promise<void> {
  await Promise.all([
    provisionWorkbench('newest'),
    provisionWorkbench('oldest'),
    provisionBrowser(),
    buildAll(),
  ]);
}

/** The extension is built as it is shipped, so that every suite tests just that. */
async function buildAll(): Promise<void> {
  process.env[BUILT] = '0';
  await buildPackage(vsix);
  await build('integration');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
