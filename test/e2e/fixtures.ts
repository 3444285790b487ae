import { test as base } from '@playwright/test';
import { browserArguments, provisionBrowser } from '../workbench/browser';
import { projectRoot } from '../workbench/paths';
import { startServer, type Server, type ServerOptions } from '../workbench/server';
import { Workbench } from './pages/workbench';

interface Options {
  /** Settings and environment of the VS Code that a test runs in: `test.use({ serverOptions: … })`. */
  serverOptions: ServerOptions;
  /** Whether the extension is loaded from this project, as opposed to an installed one. */
  underDevelopment: boolean;
}

interface Fixtures {
  /** A VS Code server with a fresh profile. */
  server: Server;
  /** Its workbench, loaded in the page. */
  workbench: Workbench;
}

export const test = base.extend<Options & Fixtures>({
  serverOptions: [{}, { option: true }],
  underDevelopment: [true, { option: true }],

  launchOptions: [
    async ({}, use) => use({ executablePath: await provisionBrowser(), args: [...browserArguments] }),
    { scope: 'worker' },
  ],

  server: async ({ serverOptions }, use, testInfo) => {
    const server = await startServer(serverOptions);
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) {
      const logs = testInfo.outputPath('logs');
      await server.copyLogs(logs);
      await testInfo.attach('logs of the extension host', { body: logs, contentType: 'text/plain' });
    }
    await server.stop();
  },

  workbench: async ({ server, page, underDevelopment }, use) => {
    const workbench = new Workbench(page);
    await workbench.open(server.workbenchUrl(underDevelopment ? { extension: projectRoot } : undefined));
    await use(workbench);
  },
});

export { expect } from '@playwright/test';
