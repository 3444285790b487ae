import * as path from 'node:path';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { EmulatorAdmin } from '../builders/emulatorAdmin';
import { projectRoot } from '../workbench/paths';
import { expect, test as base } from './fixtures';
import type { Workbench } from './pages/workbench';
import { TokenWatch } from './tokenWatch';

interface Options {
  /** What the emulator of a test holds: `test.use({ emulatorOptions: … })`. */
  emulatorOptions: Partial<EmulatorOptions>;
}

interface Fixtures {
  /** A message store of the test's own. */
  emulator: Emulator;
  /** Steers it, and tells what it has been asked. */
  admin: EmulatorAdmin;
  /** Every access token that the emulator has been shown so far. */
  accessTokens: ReadonlySet<string>;
  /** What pages have tried that their policy forbids, in the browser's words; in the end there must be nothing. */
  violations: string[];
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

  admin: async ({ emulator }, use) => use(new EmulatorAdmin(emulator)),

  accessTokens: async ({ emulator }, use) => {
    const watch = new TokenWatch(new URL(emulator.url).host);
    await use(watch.tokens);
    watch.stop();
  },

  violations: [
    async ({ page }, use) => {
      const violations: string[] = [];
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) violations.push(message.text());
      });
      await use(violations);
      expect(violations).toEqual([]);
    },
    { auto: true },
  ],

  serverOptions: async ({ emulator }, use) =>
    use({
      settings: {
        'ringcentralMailbox.server.url': emulator.url,
        'ringcentralMailbox.server.mediaUrl': emulator.mediaUrl,
      },
    }),
});

/**
 * Signs in to the emulator as a person does, from the view that invites to it, and waits until loading has ended.
 * @param loading milliseconds that it may take at most
 */
export async function signIn(
  workbench: Workbench,
  emulator: Emulator,
  { loading = 10_000 } = {},
): Promise<void> {
  const { messages, quickInput } = workbench;
  await workbench.openMailbox();
  await messages.welcome.getByRole('button', { name: 'with a JWT credential' }).click();
  await quickInput.pick(emulator.url);
  for (const [step, answer] of [
    ['2/4', emulator.clientId],
    ['3/4', emulator.clientSecret],
    ['4/4', emulator.jwt],
  ] as const) {
    await expect(quickInput.widget).toContainText(step);
    await quickInput.answer(answer);
  }
  await expect(messages.welcome.getByRole('button', { name: 'Open Sample Mailbox' })).toBeHidden();
  // "Loading messages…", then "Loading older messages…".
  await expect(messages.message).toBeHidden({ timeout: loading });
  await messages.settle();
}

export { expect } from './fixtures';
