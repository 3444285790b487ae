import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test as base } from '@playwright/test';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { EmulatorAdmin } from '../builders/emulatorAdmin';
import { TokenWatch } from '../e2e/tokenWatch';
import { browserArguments, provisionBrowser } from '../workbench/browser';
import { projectRoot } from '../workbench/paths';
import { violations, type PolicyViolations } from '../workbench/policyViolations';
import { Editor, type Localization } from './editor/editor';
import { ExtensionStorage } from './editor/extensionStorage';
import { refuseToPlayUntouched } from './untouched';

interface Options {
  /** What the emulator of a test holds; no messages by default: `test.use({ emulatorOptions: … })`. */
  emulatorOptions: Partial<EmulatorOptions>;
  /** The user's, by their full names: `test.use({ settings: … })`. */
  settings: Readonly<Record<string, unknown>>;
  /** The language of the editor, English by default: `test.use({ localization: … })`. */
  localization: Localization | undefined;
}

interface Fixtures extends PolicyViolations {
  /** A message store of the test's own. */
  emulator: Emulator;
  /** Steers it, and tells what it has been asked. */
  admin: EmulatorAdmin;
  /** What the extension has kept before; nothing by default. */
  storage: ExtensionStorage;
  /** The extension and its pages; nobody is signed in yet. In the end no page may hold a secret. */
  editor: Editor;
}

export const test = base.extend<Options & Fixtures>({
  emulatorOptions: [{ messages: 0 }, { option: true }],
  localization: [undefined, { option: true }],

  settings: [{}, { option: true }],

  launchOptions: [
    async ({}, use) => use({ executablePath: await provisionBrowser(), args: [...browserArguments] }),
    { scope: 'worker' },
  ],

  emulator: async ({ emulatorOptions }, use) => {
    const emulator = await startEmulator({
      mediaDirectory: path.join(projectRoot, 'media/sample'),
      ...emulatorOptions,
    });
    await use(emulator);
    await emulator.stop();
  },

  admin: async ({ emulator }, use) => use(new EmulatorAdmin(emulator)),

  storage: async ({}, use) => {
    const storage = new ExtensionStorage();
    await use(storage);
    storage.remove();
  },

  editor: async ({ page, emulator, admin, storage, settings, localization }, use, testInfo) => {
    const { host } = new URL(emulator.url);
    const accessTokens = new TokenWatch(host);
    await page.addInitScript(refuseToPlayUntouched);
    const editor = await Editor.open(page, emulator, storage, settings, localization);
    await use(editor);
    accessTokens.stop();
    const secrets = [
      ...accessTokens.tokens,
      emulator.clientSecret,
      emulator.jwt,
      host,
      new URL(emulator.mediaUrl).host,
    ];
    const pages = await editor.contents();
    expect
      .soft(
        secrets.filter((secret) => pages.includes(secret)),
        'secrets in pages',
      )
      .toEqual([]);
    if (testInfo.status !== testInfo.expectedStatus) {
      const keep = async (name: string, content: string | Buffer): Promise<void> => {
        const file = testInfo.outputPath(name);
        writeFileSync(file, content);
        await testInfo.attach(name, { path: file });
      };
      await keep('extension.log', editor.logLines.join('\n'));
      await keep('requests.json', JSON.stringify(await admin.requests(), undefined, 2));
      await keep('screenshot.png', await page.screenshot());
    }
    await editor.close();
  },

  violations,
});

export { expect } from '@playwright/test';
