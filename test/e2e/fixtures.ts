import { expect, test as base } from '@playwright/test';
import { localizedExtension, type LocalizedExtension } from '../localization/localizedExtension';
import { browserArguments, provisionBrowser } from '../workbench/browser';
import { projectRoot } from '../workbench/paths';
import { startServer, type Server, type ServerOptions, type Settings } from '../workbench/server';
import { testSettings } from '../workbench/settings';
import { Workbench } from './pages/workbench';

export interface WorkerOptions {
  /** What is installed in VS Code and the environment that it runs in: `test.use({ serverOptions: … })`. */
  serverOptions: ServerOptions;
  /** Whether the extension is loaded from this project, as opposed to an installed one. */
  underDevelopment: boolean;
}

interface WorkerFixtures {
  /** A VS Code server for all tests of a worker, which run one after the other. */
  sharedServer: Server;
}

interface Options {
  /** The user's settings, where a test needs them to differ from `quietSettings` and `testSettings`. */
  settings: Settings;
  /** The language that VS Code is shown in: English by default, one that the extension is translated into, or `pseudo`. */
  language: string | undefined;
}

interface Fixtures {
  /** The extension in that language; undefined in English. */
  localization: LocalizedExtension | undefined;
  /** A VS Code server as if it had just been installed: with settings and a folder of the test's own, and nothing else. */
  server: Server;
  /** VS Code's window, which `open` loads. */
  workbench: Workbench;
  /** Loads the window and waits until the extension's views are there. */
  open: () => Promise<void>;
}

export const test = base.extend<Options & Fixtures, WorkerOptions & WorkerFixtures>({
  serverOptions: [{}, { option: true, scope: 'worker' }],
  underDevelopment: [true, { option: true, scope: 'worker' }],
  settings: [{}, { option: true }],
  language: [undefined, { option: true }],

  localization: async ({ language }, use) => {
    const localization = language === undefined ? undefined : localizedExtension(language);
    await use(localization);
    localization?.remove();
  },

  launchOptions: [
    async ({}, use) => use({ executablePath: await provisionBrowser(), args: [...browserArguments] }),
    { scope: 'worker' },
  ],

  sharedServer: [
    async ({ serverOptions }, use) => {
      const server = await startServer(serverOptions);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  server: async ({ sharedServer, settings, localization }, use, testInfo) => {
    await sharedServer.begin({ ...testSettings, ...settings }, localization);
    await use(sharedServer);
    await sharedServer.endExtensionHosts();
    if (testInfo.status !== testInfo.expectedStatus) {
      const logs = testInfo.outputPath('logs');
      await sharedServer.copyLogs(logs);
      await testInfo.attach('logs of the extension host', { body: logs, contentType: 'text/plain' });
    }
  },

  // The browser's windows are closed before the server forgets their user.
  context: async ({ server: _server, context }, use) => use(context),

  workbench: async ({ page, localization }, use) => {
    const failures: string[] = [];
    page.on('console', (message) => {
      if (/^Error: Activating extension .* failed/.test(message.text())) failures.push(message.text());
    });
    await use(new Workbench(page, localization && ((english) => localization.text(english))));
    // VS Code shows a notification of each, which may cover what a test presses.
    expect(failures).toEqual([]);
  },

  open: async ({ server, workbench, underDevelopment, localization }, use) => {
    const extension = localization?.folder ?? projectRoot;
    await use(() => workbench.open(server.workbenchUrl(underDevelopment ? { extension } : undefined)));
  },
});

export { expect } from '@playwright/test';
