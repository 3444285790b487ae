import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { EmulatorAdmin } from '../builders/emulatorAdmin';
import { projectRoot } from '../workbench/paths';
import { violations, type PolicyViolations } from '../workbench/policyViolations';
import { expect, test as base } from './fixtures';
import { TokenWatch } from './tokenWatch';

interface Options {
  /** What the emulator of a test holds: `test.use({ emulatorOptions: … })`. */
  emulatorOptions: Partial<EmulatorOptions>;
}

interface Fixtures extends PolicyViolations {
  /** A message store of the test's own. */
  emulator: Emulator;
  /** Steers it, and tells what it has been asked. */
  admin: EmulatorAdmin;
  /** Every access token that the emulator has been shown so far. */
  accessTokens: ReadonlySet<string>;
  /**
   * Loads the window, where the extension signs in to the emulator by itself, and waits until the messages are there or
   * could not be loaded.
   */
  signIn: () => Promise<void>;
}

/** A VS Code that offers the test's own emulator when one signs in. */
export const test = base.extend<Options & Fixtures>({
  emulatorOptions: [{}, { option: true }],

  emulator: async ({ emulatorOptions }, use) => {
    const emulator = await startEmulator({
      mediaDirectory: path.join(projectRoot, 'media/sample'),
      ...emulatorOptions,
    });
    await use(emulator);
    await emulator.stop();
  },

  admin: async ({ emulator }, use, testInfo) => {
    const admin = new EmulatorAdmin(emulator);
    await use(admin);
    if (testInfo.status === testInfo.expectedStatus) return;
    const requests = testInfo.outputPath('requests.json');
    // A test may have stopped its emulator.
    const received = await admin.requests().catch((error: unknown) => String(error));
    await writeFile(requests, JSON.stringify(received, undefined, 2));
    await testInfo.attach('requests that the emulator received', { path: requests });
  },

  accessTokens: async ({ emulator }, use) => {
    const watch = new TokenWatch(new URL(emulator.url).host);
    await use(watch.tokens);
    watch.stop();
  },

  violations,

  settings: async ({ emulator }, use) =>
    use({
      'ringcentralMailbox.server.url': emulator.url,
      'ringcentralMailbox.server.mediaUrl': emulator.mediaUrl,
    }),

  signIn: async ({ server, emulator, workbench, open }, use) =>
    use(async () => {
      const { url, mediaUrl, clientId, clientSecret, jwt } = emulator;
      await writeFile(
        server.credentialFile,
        JSON.stringify({ server: { rest: url, media: mediaUrl }, clientId, clientSecret, jwt }),
      );
      await open();
      await workbench.openMailbox();
      const { messages } = workbench;
      const offer = messages.welcome.getByRole('button', { name: 'Open Sample Mailbox' });
      // Signed in, the view has rows, or says that there are none or that they could not be loaded.
      await expect(messages.rows.or(messages.welcome).first()).toBeVisible();
      await expect(offer).toBeHidden();
      await expect(messages.rows.or(messages.welcome).first()).toBeVisible();
      // "Loading messages…", then "Loading older messages…".
      await expect(messages.message).toBeHidden();
      await messages.settle();
    }),
});

export { expect } from './fixtures';
