import type { FrameLocator, Locator } from '@playwright/test';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import { mediaFolder } from './mediaFolder';
import type { TreeRow } from './pages/treeRow';
import type { View } from './pages/view';
import type { Workbench } from './pages/workbench';

const media = mediaFolder('media');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

/** Another one for each name. */
function numberOf(name: string): string {
  const sum = Buffer.from(name).reduce((total, byte) => (total * 31 + byte) % 10_000, 7);
  return `+1650555${String(sum).padStart(4, '0')}`;
}

function voicemail(name: string, contentType: string, file: string): Record<string, unknown> {
  return {
    type: 'VoiceMail',
    // Voicemails are grouped by the number that they came from.
    from: { name, phoneNumber: numberOf(name) },
    attachments: [{ type: 'AudioRecording', contentType, file, fileName: file }],
  };
}

/** The row of the voicemail from somebody, in its group. */
async function rowOf(messages: View, sender: string): Promise<TreeRow> {
  await messages.row(new RegExp(`^${sender}`)).expand();
  return messages.row(new RegExp(`, from ${sender}`));
}

async function open({ messages, webview }: Workbench, sender: string): Promise<void> {
  const row = await rowOf(messages, sender);
  await row.open({ shows: webview.getByRole('heading', { name: sender, level: 1 }) });
}

const slider = (webview: FrameLocator): Locator => webview.getByRole('slider', { name: /^Recording/ });

type PlayerState = Pick<HTMLAudioElement, 'currentTime' | 'muted' | 'playbackRate'>;

/** Something that the player says of itself. */
async function of<Key extends keyof PlayerState>(webview: FrameLocator, key: Key): Promise<PlayerState[Key]> {
  const player = await webview.locator('audio').evaluateHandle((audio: HTMLAudioElement) => audio);
  const value = await player.getProperty(key);
  return (await value.jsonValue()) as PlayerState[Key];
}

async function expectAt(webview: FrameLocator, seconds: number): Promise<void> {
  await expect.poll(async () => Math.abs((await of(webview, 'currentTime')) - seconds)).toBeLessThan(0.1);
}

test('a voicemail plays in a tab that can be kept, reused or pinned and is restored after a reload', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview, page } = workbench;
  await admin.deliverAll([
    voicemail('Maya Long', 'audio/wav', 'voicemail-maya.wav'),
    voicemail('Pia Cem', 'audio/wav', 'pcm.wav'),
    voicemail('Mo Law', 'audio/x-wav', 'mu-law.wav'),
  ]);
  await signIn();
  await open(workbench, 'Maya Long');
  await slider(webview).press(' ');
  await expect.poll(() => of(webview, 'currentTime')).toBeGreaterThan(0.2);
  await slider(webview).press(' ');
  await slider(webview).press('Home');
  await page.getByRole('button', { name: 'Keep Open' }).click();
  await expect(page.getByRole('button', { name: 'Keep Open' })).toHaveCount(0);
  await slider(webview).press('ArrowRight');
  await expectAt(webview, 5);
  await slider(webview).press('>');
  await slider(webview).press('m');

  await open(workbench, 'Pia Cem');
  await open(workbench, 'Mo Law');
  await expect(workbench.tab(/Maya Long/)).toHaveCount(1);
  await expect(workbench.tab(/Pia Cem/)).toHaveCount(0);
  await expect(workbench.tab(/Mo Law/)).toHaveCount(1);
  await expect(webview.getByText('No other voicemail is unread.')).toBeVisible();
  const one = webview.getByText('1 other voicemail is unread.');
  await (await rowOf(workbench.messages, 'Pia Cem')).choose('Mark as Unread', { shows: one });

  await workbench.tab(/Maya Long/).click();
  await expectAt(webview, 5);
  await expect.poll(() => keptState(page)).toMatch(/position:/);
  await expect.poll(() => keptState(page)).toContain('Mo Law');
  await workbench.reload();
  await workbench.tab(/Maya Long/).click();
  await expect(webview.getByRole('heading', { name: 'Maya Long', level: 1 })).toBeVisible();
  await expectAt(webview, 5);
  expect([await of(webview, 'playbackRate'), await of(webview, 'muted')]).toEqual([1.25, true]);
  await workbench.tab(/Mo Law/).click();
  await expect(webview.getByRole('heading', { name: 'Mo Law', level: 1 })).toBeVisible();
  await workbench.openMailbox();
  await open(workbench, 'Pia Cem');
  await expect(workbench.tab(/Maya Long/), 'is still kept').toHaveCount(1);
  await expect(workbench.tab(/Mo Law/)).toHaveCount(0);

  await workbench.palette('View: Pin Editor');
  await open(workbench, 'Mo Law');
  await expect(workbench.tab(/Pia Cem/), 'is pinned').toHaveCount(1);
});
