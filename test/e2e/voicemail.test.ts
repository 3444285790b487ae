import { rmSync } from 'node:fs';
import type { FrameLocator, Locator } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import { mediaFolder } from './mediaFolder';
import type { TreeRow } from './pages/treeRow';
import type { View } from './pages/view';
import type { Workbench } from './pages/workbench';
import { toneOf } from './tone';

const media = mediaFolder('media');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });
test.afterAll(() => rmSync(media, { recursive: true, force: true }));

/** Another one for each name. */
function numberOf(name: string): string {
  const sum = Buffer.from(name).reduce((total, byte) => (total * 31 + byte) % 10_000, 7);
  return `+1650555${String(sum).padStart(4, '0')}`;
}

function voicemail(
  name: string,
  contentType: string,
  file: string,
  more: object = {},
): Record<string, unknown> {
  return {
    type: 'VoiceMail',
    // Voicemails are grouped by the number that they came from.
    from: { name, phoneNumber: numberOf(name) },
    attachments: [{ type: 'AudioRecording', contentType, file, fileName: file }],
    ...more,
  };
}

const fixtures = {
  'Pia Cem': ['audio/wav', 'pcm.wav'],
  'Ada Law': ['audio/x-wav', 'a-law.wav'],
  'Mo Law': ['audio/x-wav', 'mu-law.wav'],
  'Emma Three': ['audio/mpeg', 'mp3.mp3'],
  'Olga Vorbis': ['audio/ogg', 'ogg.ogg'],
  'Amy Mobile': ['audio/amr', 'amr.amr'],
  'Gus Mobile': ['audio/x-wav', 'gsm.wav'],
} as const;

async function setUp(
  signIn: () => Promise<void>,
  admin: EmulatorAdmin,
  messages: readonly Record<string, unknown>[],
): Promise<void> {
  await admin.deliverAll(messages);
  await signIn();
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

type PlayerState = Pick<
  HTMLAudioElement,
  'currentTime' | 'duration' | 'ended' | 'muted' | 'paused' | 'playbackRate' | 'preservesPitch' | 'volume'
>;

/** Something that the player says of itself. */
async function of<Key extends keyof PlayerState>(webview: FrameLocator, key: Key): Promise<PlayerState[Key]> {
  const player = await webview.locator('audio').evaluateHandle((audio: HTMLAudioElement) => audio);
  const value = await player.getProperty(key);
  return (await value.jsonValue()) as PlayerState[Key];
}

async function expectAt(webview: FrameLocator, seconds: number): Promise<void> {
  await expect.poll(async () => Math.abs((await of(webview, 'currentTime')) - seconds)).toBeLessThan(0.1);
}

/** How high the waveform is at some shares of its width, from 0 to 1. */
function heights(webview: FrameLocator, shares: readonly number[]): Promise<number[]> {
  return webview
    .locator('canvas.wave')
    .first()
    .evaluate((canvas: HTMLCanvasElement, at) => {
      const context = canvas.getContext('2d');
      if (!context) throw new Error('There is no canvas.');
      return at.map((share) => {
        // A few columns, for there are gaps between the bars.
        const { data } = context.getImageData(Math.round(share * canvas.width), 0, 8, canvas.height);
        const filled = new Set<number>();
        for (let pixel = 0; pixel < data.length / 4; pixel++)
          if ((data[pixel * 4 + 3] ?? 0) > 60) filled.add(Math.floor(pixel / 8));
        return filled.size / canvas.height;
      });
    }, shares);
}

test('recordings of every playable format are decoded and played, and the others are offered elsewhere', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  const all = Object.entries(fixtures).map(([name, [type, file]]) => voicemail(name, type, file));
  await setUp(signIn, admin, all);

  for (const sender of ['Pia Cem', 'Ada Law', 'Mo Law', 'Emma Three', 'Olga Vorbis'])
    await test.step(`${sender}: loud for a second, silent for two, then half as loud`, async () => {
      await open(workbench, sender);
      await expect.poll(async () => (await heights(webview, [0.1]))[0]).toBeGreaterThan(0.9);
      expect(Math.abs((await of(webview, 'duration')) - 4)).toBeLessThan(0.25);
      const [loud = 0, pause = 1, soft = 0] = await heights(webview, [0.1, 0.5, 0.9]);
      expect(loud).toBeGreaterThan(0.9);
      expect(pause).toBeLessThan(0.1);
      expect(soft).toBeGreaterThan(0.4);
      expect(soft).toBeLessThan(0.6);
      expect(Math.abs((await toneOf(webview.locator('audio'))) - 440), 'Hz').toBeLessThan(20);
    });

  for (const sender of ['Amy Mobile', 'Gus Mobile'])
    await test.step(`${sender}: cannot be played here`, async () => {
      await open(workbench, sender);
      await expect(webview.getByText('This audio format cannot be played here.')).toBeVisible();
      await expect(webview.getByRole('button', { name: /^Save / })).toBeVisible();
      await expect(webview.getByRole('button', { name: /^Open Externally/ })).toBeVisible();
      await expect(webview.locator('audio')).toHaveCount(0);
    });
});

test('AAC is played where the browser knows it, and offered elsewhere where not', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  await setUp(signIn, admin, [voicemail('Aaron Ceh', 'audio/mp4', 'm4a.m4a')]);
  await open(workbench, 'Aaron Ceh');
  const known = await webview
    .locator('body')
    .evaluate(() => document.createElement('audio').canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '');
  if (known) await expect(slider(webview)).toBeVisible();
  else await expect(webview.getByText('This audio format cannot be played here.')).toBeVisible();
});

test('a voicemail is heard by keys: seek, speed with its pitch, silence, loudness, all remembered', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  await setUp(signIn, admin, [
    voicemail('Maya Long', 'audio/wav', 'voicemail-maya.wav'),
    voicemail('Pia Cem', 'audio/wav', 'pcm.wav'),
  ]);
  await open(workbench, 'Maya Long');
  const seek = slider(webview);
  await expect(seek).toHaveAttribute('aria-valuetext', /^0:00 of 0:0\d$/);

  await test.step('seek', async () => {
    await seek.press('ArrowRight');
    await expectAt(webview, 5);
    await expect(seek).toHaveAttribute('aria-valuetext', /^0:05 of /);
    await seek.press('Shift+ArrowLeft');
    await expectAt(webview, 4);
    await seek.press('ArrowLeft');
    await expectAt(webview, 0);
    await seek.press('End');
    await expectAt(webview, await of(webview, 'duration'));
    await seek.press('Home');
    await expectAt(webview, 0);
    const box = await seek.boundingBox();
    if (!box) throw new Error('There is no slider.');
    const duration = await of(webview, 'duration');
    await seek.click({ position: { x: box.width / 2, y: box.height / 2 } });
    await expectAt(webview, duration / 2);
    await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + box.width / 4, box.y + 4, { steps: 3 });
    await workbench.page.mouse.up();
    await expectAt(webview, duration / 4);
    await seek.press('Home');
  });

  await test.step('play and pause, from anywhere on the page', async () => {
    await webview.locator('body').press(' ');
    await expect(webview.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    await expect.poll(() => of(webview, 'currentTime')).toBeGreaterThan(0.2);
    await webview.locator('body').press(' ');
    await expect(webview.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    expect(await of(webview, 'paused')).toBe(true);
  });

  await test.step('speed, by keys and by choice', async () => {
    await seek.press('>');
    await seek.press('>');
    expect(await of(webview, 'playbackRate')).toBe(1.5);
    expect(await of(webview, 'preservesPitch')).toBe(true);
    await expect(webview.getByRole('combobox', { name: 'Speed' })).toHaveValue('1.5');
    for (let press = 0; press < 5; press++) await seek.press('<');
    expect(await of(webview, 'playbackRate')).toBe(0.5);
    await webview.getByRole('combobox', { name: 'Speed' }).selectOption('2×');
    expect(await of(webview, 'playbackRate')).toBe(2);
  });

  await test.step('loudness', async () => {
    await webview.getByRole('slider', { name: 'Volume' }).fill('0.25');
    expect(await of(webview, 'volume')).toBe(0.25);
    await seek.press('m');
    expect(await of(webview, 'muted')).toBe(true);
    await webview.getByRole('button', { name: 'Unmute' }).click();
    expect(await of(webview, 'muted')).toBe(false);
  });

  await test.step('another voicemail is heard in the same tab and the same way', async () => {
    await open(workbench, 'Pia Cem');
    await expect(workbench.page.getByRole('tab', { name: /Maya Long/ })).toHaveCount(0);
    await expect.poll(() => of(webview, 'playbackRate')).toBe(2);
    expect(await of(webview, 'volume')).toBe(0.25);
  });

  await test.step('a tone is as high at any speed', async () => {
    for (const rate of ['2', '1', '0.5']) {
      await webview.getByRole('combobox', { name: 'Speed' }).selectOption(rate);
      expect(Math.abs((await toneOf(webview.locator('audio'))) - 440), rate).toBeLessThan(20);
    }
    await webview.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  });

  await test.step('silence is skipped', async () => {
    const skip = webview.getByRole('button', { name: 'Skip Silence' });
    await expect(skip).toHaveAttribute('title', /\(0:01 shorter\)$/);
    await skip.click();
    await expect(skip).toHaveAttribute('aria-pressed', 'true');
    await slider(webview).press(' ');
    await expect.poll(() => of(webview, 'ended')).toBe(true);
    const heard = await webview.locator('audio').evaluate(({ played }: HTMLAudioElement) => {
      let seconds = 0;
      for (let at = 0; at < played.length; at++) seconds += played.end(at) - played.start(at);
      return seconds;
    });
    expect(heard, 'of 4 seconds, 1.7 of which are skipped').toBeLessThan(3);
    expect(heard).toBeGreaterThan(2);
  });
});

test('unread voicemails are gone through, and played through, each marked when it was heard', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  const heading = webview.getByRole('heading', { level: 1 });
  const at = (hour: number): object => ({
    creationTime: new Date(Date.now() - hour * 3_600_000).toISOString(),
  });
  const records = await admin.deliverAll([
    voicemail('Ana One', 'audio/wav', 'pcm.wav', at(4)),
    voicemail('Bob Two', 'audio/mpeg', 'mp3.mp3', at(3)),
    voicemail('Cid Three', 'audio/ogg', 'ogg.ogg', at(2)),
    voicemail('Dot Four', 'audio/x-wav', 'mu-law.wav', at(1)),
  ]);
  await signIn();
  const unread = async (): Promise<string[]> => {
    const { messages } = await admin.state();
    return messages
      .filter(({ readStatus }) => readStatus === 'Unread')
      .map(({ id }) => id)
      .sort();
  };
  const idsFrom = (index: number): string[] => records.slice(index).map(({ id }) => String(id));

  await open(workbench, 'Ana One');
  await expect(webview.getByText('3 other voicemails are unread.')).toBeVisible();
  await expect.poll(unread).toEqual(idsFrom(1));

  await test.step('next and previous', async () => {
    await webview.getByRole('button', { name: 'Next Unread' }).click();
    await expect(heading).toHaveText('Bob Two');
    await expect(heading, 'whoever listens by keys and ears is told').toBeFocused();
    await expect.poll(unread).toEqual(idsFrom(2));
    await webview.locator('body').press('p');
    await expect(heading).toHaveText('Dot Four');
    await expect.poll(unread).toEqual([idsFrom(2)[0]]);
  });

  await test.step('all of them, until none is left', async () => {
    for (const sender of ['Dot Four', 'Bob Two']) {
      const row = await rowOf(workbench.messages, sender);
      await row.choose('Mark as Unread', {
        shows: workbench.messages.row(new RegExp(`^unread .*, from ${sender}`)).locator,
      });
    }
    await expect(webview.getByText('2 other voicemails are unread.')).toBeVisible();
    await slider(webview).press('>');
    await webview.getByRole('combobox', { name: 'Speed' }).selectOption('2×');
    await webview.getByRole('button', { name: 'Play Through All Unread' }).click();
    await expect(heading).toHaveText('Bob Two');
    await expect(heading).toHaveText('Cid Three');
    await expect(webview.getByRole('button', { name: 'Play Through All Unread' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect.poll(unread, 'the one that is playing was not heard yet').toEqual([idsFrom(2)[0]]);
    await expect(webview.getByText('No other voicemail is unread.').first()).toBeVisible();
    await expect.poll(unread).toEqual([]);
    await expect(webview.getByRole('button', { name: 'Play Through All Unread' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  });
});

test('playing through stops at what cannot be played, says so, and goes on when told to', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  const heading = webview.getByRole('heading', { level: 1 });
  const at = (hour: number): object => ({
    creationTime: new Date(Date.now() - hour * 3_600_000).toISOString(),
  });
  const [, unplayable] = await admin.deliverAll([
    voicemail('Ana One', 'audio/wav', 'pcm.wav', at(3)),
    voicemail('Gus Mobile', 'audio/x-wav', 'gsm.wav', at(2)),
    voicemail('Cid Three', 'audio/ogg', 'ogg.ogg', at(1)),
  ]);
  await signIn();
  await open(workbench, 'Ana One');
  const through = webview.getByRole('button', { name: 'Play Through All Unread' });
  await webview.getByRole('combobox', { name: 'Speed' }).selectOption('2×');
  await through.click();

  await expect(heading).toHaveText('Gus Mobile');
  const said = webview.locator('body > [role=status]');
  await expect(said, 'to a screen reader').toHaveText('This audio format cannot be played here.');
  await expect(through).toHaveAttribute('aria-pressed', 'false');

  await through.click();
  await expect(heading).toHaveText('Cid Three');
  await expect.poll(() => of(webview, 'ended')).toBe(true);
  await expect(said).toHaveText('No other voicemail is unread.');
  await expect
    .poll(async () => (await admin.state()).messages.filter(({ readStatus }) => readStatus === 'Unread'))
    .toMatchObject([{ id: String(unplayable?.id) }]);
});

test('what is said in a voicemail is beside it, and how far that has come is said plainly', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  const record = await admin.deliver(
    voicemail('Vera Voice', 'audio/wav', 'pcm.wav', { vmTranscriptionStatus: 'InProgress' }),
  );
  await signIn();
  await open(workbench, 'Vera Voice');
  const transcription = webview.getByRole('region', { name: 'Transcription' });
  const said = webview.locator('body > [role=status]');
  await expect(transcription).toContainText('This voicemail is being transcribed.');

  const recording = {
    type: 'AudioRecording',
    contentType: 'audio/wav',
    file: 'pcm.wav',
    fileName: 'pcm.wav',
  };
  const words = { type: 'AudioTranscription', contentType: 'text/plain' };
  for (const [status, text, note] of [
    ['CompletedPartially', 'Please call', 'Only a part of this voicemail could be transcribed.'],
    ['Completed', 'Please call me back.', undefined],
    ['Failed', undefined, 'This voicemail could not be transcribed.'],
    ['TimedOut', undefined, 'Transcribing this voicemail took too long and was given up.'],
    ['NotAvailable', undefined, 'There is no transcription of this voicemail.'],
  ] as const)
    await test.step(status, async () => {
      await slider(webview).press('ArrowRight');
      await admin.change(record.id, {
        vmTranscriptionStatus: status,
        attachments: [
          { ...recording, id: record.id },
          ...(text === undefined ? [] : [{ ...words, text, fileName: `${status}.txt` }]),
        ],
      });
      await workbench.messages.pressAction('Refresh');
      await expect(said, 'to a screen reader').toHaveText(note ?? 'This voicemail has been transcribed.');
      await expect(transcription.locator('.muted')).toHaveText(note === undefined ? [] : [note]);
      await expect(transcription.locator('blockquote')).toHaveText(text === undefined ? [] : [text]);
    });
  await expect(slider(webview), 'the player is the same all the time').toHaveAttribute('aria-valuenow', '4');

  const player = await slider(webview).boundingBox();
  const beside = await transcription.boundingBox();
  if (!player || !beside) throw new Error('They are hidden.');
  expect(beside.x).toBeGreaterThan(player.x + player.width);
  expect(beside.y).toBeLessThan(player.y);
});

test('a tab that is kept is not used for another message, and comes back after a restart as it was', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview, page } = workbench;
  await setUp(signIn, admin, [
    voicemail('Maya Long', 'audio/wav', 'voicemail-maya.wav'),
    voicemail('Pia Cem', 'audio/wav', 'pcm.wav'),
    voicemail('Mo Law', 'audio/x-wav', 'mu-law.wav'),
  ]);
  await open(workbench, 'Maya Long');
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
