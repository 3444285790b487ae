import { expect, test } from './emulated';
import { keptState } from './keptState';
import { mediaFolder } from './mediaFolder';
import { pixelsOf } from './pixels';
import { expectSafePage } from './safePage';

const media = mediaFolder('media', 'fax');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

const senders = ['Maya Long', 'Pia Cem', 'Mo Law', 'Tess Text', 'Tina Fine'];

function voicemail(sender: string, contentType: string, file: string): Record<string, unknown> {
  return {
    type: 'VoiceMail',
    from: from(sender),
    attachments: [{ type: 'AudioRecording', contentType, file, fileName: file }],
  };
}

function fax(sender: string, contentType: string, file: string): Record<string, unknown> {
  return {
    type: 'Fax',
    from: from(sender),
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  };
}

/** Voicemails and faxes are grouped by the number that they came from. */
function from(name: string): { name: string; phoneNumber: string } {
  return { name, phoneNumber: `+1650555010${senders.indexOf(name)}` };
}

test('voicemails and faxes share a preview tab, keep the focus in its place and are restored after a reload', async ({
  workbench,
  emulator,
  admin,
  accessTokens,
  violations,
  signIn,
}) => {
  const { webview, messages, page } = workbench;
  const recording = webview.getByRole('slider', { name: /^Recording/ });
  const player = webview.locator('audio');
  const position = (): Promise<number> => player.evaluate((audio: HTMLAudioElement) => audio.currentTime);
  const expectAt = (seconds: number): Promise<void> =>
    expect.poll(async () => Math.abs((await position()) - seconds)).toBeLessThan(0.1);
  const pageNumber = webview.getByRole('textbox', { name: 'Page number' });
  const inkOf = async (faxPage: number): Promise<number> =>
    (await pixelsOf(webview.getByRole('img', { name: `Page ${faxPage} of 3` }))).ink;
  const open = async (sender: string): Promise<void> => {
    await messages.row(new RegExp(`^${sender}`)).expand();
    const heading = webview.getByRole('heading', { name: sender, level: 1 });
    await messages.row(new RegExp(`, from ${sender}`)).open({ shows: heading });
  };
  const surroundings = { emulator, accessTokens, violations };
  await admin.deliverAll([
    voicemail('Maya Long', 'audio/wav', 'voicemail-maya.wav'),
    voicemail('Pia Cem', 'audio/wav', 'pcm.wav'),
    voicemail('Mo Law', 'audio/x-wav', 'mu-law.wav'),
    fax('Tess Text', 'application/pdf', 'text.pdf'),
    fax('Tina Fine', 'image/tiff', 'fax-timber-quote.tif'),
  ]);
  await signIn();

  await test.step('a voicemail plays, and its tab can be kept', async () => {
    await open('Maya Long');
    await expectSafePage(workbench, surroundings, 'Maya Long');
    await recording.press(' ');
    await expect.poll(position).toBeGreaterThan(0.2);
    await recording.press(' ');
    await page.getByRole('button', { name: 'Keep Open' }).click();
    await expect(page.getByRole('button', { name: 'Keep Open' })).toHaveCount(0);
    await recording.press('Home');
    await recording.press('ArrowRight');
    await expectAt(5);
    await recording.press('>');
    await recording.press('m');
  });

  await test.step('the next voicemails reuse another tab, where it is told how many are unread', async () => {
    await open('Pia Cem');
    await open('Mo Law');
    await expect(workbench.tab(/Maya Long/)).toHaveCount(1);
    await expect(workbench.tab(/Pia Cem/)).toHaveCount(0);
    await expect(workbench.tab(/Mo Law/)).toHaveCount(1);
    await expect(webview.getByText('No other voicemail is unread.')).toBeVisible();
    const one = webview.getByText('1 other voicemail is unread.');
    await messages.row(/, from Pia Cem/).choose('Mark as Unread', { shows: one });
  });

  await test.step('a PDF and a TIFF are decoded, in the tab of the voicemail before', async () => {
    for (const sender of ['Tess Text', 'Tina Fine']) {
      await open(sender);
      expect(await inkOf(1)).toBeGreaterThan(0.005);
    }
    await expectSafePage(workbench, surroundings, 'Tina Fine');
    await expect(workbench.tab(/Mo Law|Tess Text/)).toHaveCount(0);
    await expect(workbench.tab(/Tina Fine/)).toHaveCount(1);
  });

  await test.step('the focus stays in the tree until a key moves it into the page, and can be moved back', async () => {
    const tree = messages.pane.getByRole('tree');
    const focused = (): Promise<boolean> =>
      webview.locator('body').evaluate(({ ownerDocument }) => ownerDocument.hasFocus());
    await expect(messages.row(/, from Tina Fine/).locator).toHaveAttribute('aria-selected', 'true');
    await expect(tree).toBeFocused();
    await page.keyboard.press('ControlOrMeta+1');
    await expect.poll(focused).toBe(true);
    await page.keyboard.press('PageDown');
    await expect(pageNumber).toHaveValue('2');
    await page.keyboard.press('ControlOrMeta+0');
    await expect(tree).toBeFocused();
    await expect.poll(focused).toBe(false);
  });

  await test.step('a reload restores the fax at its page', async () => {
    await expect.poll(() => keptState(page)).toMatch(/position:/);
    await expect.poll(() => keptState(page)).toMatch(/place[\\"]+:\{[\\"]+page[\\"]+:2/);
    await workbench.reload();
    expect(await inkOf(2)).toBeGreaterThan(0.005);
    await expect(pageNumber).toHaveValue('2');
    await expect(workbench.tab(/Tina Fine/)).toBeVisible();
  });

  await test.step('and the voicemail at its position, as fast and as quiet as it was', async () => {
    await workbench.tab(/Maya Long/).click();
    await expect(webview.getByRole('heading', { name: 'Maya Long', level: 1 })).toBeVisible();
    await expectAt(5);
    expect(
      await player.evaluate(({ playbackRate, muted }: HTMLAudioElement) => ({ playbackRate, muted })),
    ).toEqual({ playbackRate: 1.25, muted: true });
  });

  await test.step('a kept tab is still kept, and a pinned one is not reused either', async () => {
    await workbench.openMailbox();
    await open('Pia Cem');
    await expect(workbench.tab(/Maya Long/)).toHaveCount(1);
    await expect(workbench.tab(/Tina Fine/)).toHaveCount(0);
    await workbench.palette('View: Pin Editor');
    await open('Mo Law');
    await expect(workbench.tab(/Pia Cem/)).toHaveCount(1);
  });
});
