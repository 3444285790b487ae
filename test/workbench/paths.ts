import * as path from 'node:path';

/** The folder of package.json: the extension under development. */
export const projectRoot = path.resolve(__dirname, '../..');

/** What a run leaves for people or for another run, such as the VSIX. Git ignores it, and it may be deleted at any time. */
export const outputRoot = path.join(projectRoot, '.vscode-test');

/** Reports, screenshots and logs of the last test run. */
export const resultsRoot = path.join(projectRoot, 'test-results');
