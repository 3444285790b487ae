import * as path from 'node:path';

/** The folder of package.json: the extension under development. */
export const projectRoot = path.resolve(__dirname, '../..');

/** What is downloaded or made by running, and may be deleted at any time. */
export const cacheRoot = path.join(projectRoot, '.vscode-test');

/** Reports, screenshots and logs of the last test run. */
export const resultsRoot = path.join(projectRoot, 'test-results');
