import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Locator } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { boxOf } from './boxOf';
import { oddRecordings } from '../builders/oddRecordings';
import { mediaFolder } from '../e2e/mediaFolder';
import { toneOf } from './tone';
import type { Editor, Webview } from './editor/editor';
import { expect, test } from './fixtures';

const media = mediaFolder('media');
const odd = oddRecordings();
for (const [name, bytes] of Object.entries(odd)) writeFileSync(path.join(media, `${name}.odd`), bytes);
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

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

/** Eight seconds of speech. */
const longOne = voicemail('Maya Long', 'audio/wav', 'voicemail-maya.wav');
/** A tone of 440 Hz for a second, silence for two, then the tone half as loud. */
const tone = voicemail('Pia Cem', 'audio/wav', 'pcm.wav');

function hoursAgo(hours: number): object {
  return { creationTime: new Date(Date.now() - hours * 3_600_000).toISOString() };
}

/** Opens a voicemail that has just come, and waits until it can be played. */
async function open(editor: Editor, admin: EmulatorAdmin, message: Record<string, unknown>): Promise<void> {
  await admin.deliver(message);
  await editor.signIn();
  await editor.openMessage((message as { from: { name: string } }).from.name);
  await expect(slider(editor.webview)).toHaveAttribute('aria-valuetext', /^0:00 of 0:0\d$/);
}

function slider(webview: Webview): Locator {
  return webview.getByRole('slider', { name: /^Recording/ });
}

function speed(webview: Webview): Locator {
  return webview.getByRole('combobox', { name: 'Speed' });
}

/** What is said to a screen reader. */
function announced(webview: Webview): Locator {
  return webview.locator('body > [role=status]');
}

type PlayerState = Pick<
  HTMLAudioElement,
  'currentTime' | 'duration' | 'ended' | 'muted' | 'paused' | 'playbackRate' | 'preservesPitch' | 'volume'
>;

/** Something that the player says of itself. */
async function of<Key extends keyof PlayerState>(webview: Webview, key: Key): Promise<PlayerState[Key]> {
  const player = await webview.locator('audio').evaluateHandle((audio: HTMLAudioElement) => audio);
  const value = await player.getProperty(key);
  return (await value.jsonValue()) as PlayerState[Key];
}

async function expectAt(webview: Webview, seconds: number): Promise<void> {
  await expect.poll(async () => Math.abs((await of(webview, 'currentTime')) - seconds)).toBeLessThan(0.1);
}

/** How high the waveform is at some shares of its width, from 0 to 1. */
function heights(webview: Webview, shares: readonly number[]): Promise<number[]> {
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

/**
 * Looks and listens for what most of the recordings hold: a tone of 440 Hz for a second, silence for two, and in the fourth
 * second, unless it is cut off before, the tone half as loud.
 * @param loudest share of the height that the tone has
 */
async function expectTones(webview: Webview, seconds = 4, loudest = 1): Promise<void> {
  await expect.poll(async () => (await heights(webview, [0.4 / seconds]))[0]).toBeGreaterThan(0.9 * loudest);
  expect(Math.abs((await of(webview, 'duration')) - seconds)).toBeLessThan(0.25);
  const [loud = 0, pause = 1, soft = 0] = await heights(
    webview,
    [0.4, 1.8, 3.6].map((time) => time / seconds),
  );
  expect(loud).toBeGreaterThan(0.9 * loudest);
  expect(pause).toBeLessThan(0.1);
  if (seconds === 4) {
    expect(soft).toBeGreaterThan(0.4 * loudest);
    expect(soft).toBeLessThan(0.6);
  }
  expect(Math.abs((await toneOf(webview.locator('audio'))) - 440), 'Hz').toBeLessThan(20);
}

/** The ids of what is unread on the server. */
async function unread(admin: EmulatorAdmin): Promise<readonly string[]> {
  const { messages } = await admin.state();
  return messages
    .filter(({ readStatus }) => readStatus === 'Unread')
    .map(({ id }) => id)
    .sort();
}

test('recordings of every kind that voicemail comes in have the right waveform and play at the right pitch', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const recordings = [
    ['PCM', 'audio/wav', 'pcm.wav'],
    ['A-law', 'audio/x-wav', 'a-law.wav'],
    ['µ-law', 'audio/x-wav', 'mu-law.wav'],
    ['MP3', 'audio/mpeg', 'mp3.mp3'],
    ['Ogg Vorbis', 'audio/ogg', 'ogg.ogg'],
    // These are decoded by the page itself. What is made for voices overshoots where a tone ends.
    ['GSM 6.10', 'audio/x-wav', 'gsm.wav', 0.8],
    ['IMA ADPCM', 'AUDIO/VND.WAVE; codec=11', 'ima-adpcm.wav'],
    ['Microsoft ADPCM', 'audio/wav', 'ms-adpcm.wav'],
    ['AMR', 'audio/amr', 'amr.amr', 0.8],
  ] as const;
  await admin.deliverAll(
    recordings.map(([format, contentType, file]) => voicemail(format, contentType, file)),
  );
  await editor.signIn();
  for (const [format, , , loudest = 1] of recordings)
    await test.step(format, async () => {
      await editor.openMessage(format);
      await expectTones(webview, 4, loudest);
    });
});

test('a recording in a format that nothing here plays can be saved or opened in another program', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const unplayable = webview.getByText("This audio format isn't supported.");
  await admin.deliverAll([
    voicemail('Midi', 'audio/midi', 'pcm.wav'),
    voicemail('TrueSpeech', 'audio/x-wav', 'unplayable.odd'),
    voicemail('AAC', 'audio/mp4', 'm4a.m4a'),
  ]);
  await editor.signIn();
  for (const format of ['Midi', 'TrueSpeech'])
    await test.step(format, async () => {
      await editor.openMessage(format);
      await expect(unplayable).toBeVisible();
      await expect(webview.getByRole('button', { name: /^Save / })).toBeVisible();
      await expect(webview.getByRole('button', { name: /^Open Externally/ })).toBeVisible();
      await expect(webview.locator('audio')).toHaveCount(0);
    });

  await test.step('AAC plays if the browser supports it and can be saved if not', async () => {
    await editor.openMessage('AAC');
    const known = await webview
      .locator('body')
      .evaluate(() => document.createElement('audio').canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '');
    await expect(known ? slider(webview) : unplayable).toBeVisible();
  });
});

test('odd recordings play, or it is said why they do not', async ({ editor, admin }) => {
  const { webview } = editor;
  const seconds: Readonly<Record<string, number>> = { 'cut off': 1, 'MPEG-2.5': 2 };
  const problems: Readonly<Record<string, string>> = {
    unplayable: "This audio format isn't supported.",
    empty: 'This recording contains no sound.',
    'no sound': 'This recording contains no sound.',
  };
  const page = '<!DOCTYPE html><title>Sign in</title><p>Please sign in to this network.</p>';
  await admin.deliverAll([
    ...Object.keys(odd).map((name) =>
      voicemail(name, /MPEG|picture/.test(name) ? 'audio/mpeg' : 'audio/x-wav', `${name}.odd`),
    ),
    {
      ...voicemail('A page', 'audio/mpeg', ''),
      attachments: [{ type: 'AudioRecording', contentType: 'audio/mpeg', text: page, fileName: 'a.mp3' }],
    },
  ]);
  await editor.signIn();
  for (const name of Object.keys(odd))
    await test.step(name, async () => {
      await editor.openMessage(name);
      const problem = problems[name];
      if (problem !== undefined) {
        await expect(webview.getByText(problem)).toBeVisible();
        return;
      }
      const length = String(seconds[name] ?? 4);
      await expect(slider(webview)).toHaveAttribute('aria-valuetext', `0:00 of 0:0${length}`);
      await expect.poll(() => of(webview, 'paused')).toBe(true);
      // Nothing is in that one but silence; the one that is cut off has a few bytes less than two seconds.
      if (name !== 'MPEG-2.5') await expectTones(webview, name === 'cut off' ? 2 : 4);
    });

  await test.step('a web page', async () => {
    await editor.openMessage('A page');
    const told = webview.getByRole('alert');
    await expect(told).toContainText("This isn't a recording. The server sent a web page instead.");
    await expect(told.getByRole('button', { name: 'Retry' })).toBeVisible();
  });
});

test('keys seek in a voicemail', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, longOne);
  const seek = slider(webview);
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
});

test('the mouse seeks in a voicemail by clicking and by dragging', async ({ editor, admin, page }) => {
  const { webview } = editor;
  await open(editor, admin, longOne);
  const seek = slider(webview);
  const box = await boxOf(seek);
  const duration = await of(webview, 'duration');
  await seek.click({ position: { x: box.width / 2, y: box.height / 2 } });
  await expectAt(webview, duration / 2);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4, box.y + 4, { steps: 3 });
  await page.mouse.up();
  await expectAt(webview, duration / 4);
});

test('the space bar plays and pauses a voicemail from anywhere on its page', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, longOne);
  await editor.enterPage();
  await webview.locator('body').press(' ');
  await expect(webview.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect.poll(() => of(webview, 'currentTime')).toBeGreaterThan(0.2);
  await webview.locator('body').press(' ');
  await expect(webview.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await of(webview, 'paused')).toBe(true);
});

test('keys and the speed list set the speed of a voicemail', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, longOne);
  const seek = slider(webview);
  await seek.press('>');
  await seek.press('>');
  expect(await of(webview, 'playbackRate')).toBe(1.5);
  expect(await of(webview, 'preservesPitch')).toBe(true);
  await expect(speed(webview)).toHaveValue('1.5');
  for (let press = 0; press < 5; press++) await seek.press('<');
  expect(await of(webview, 'playbackRate')).toBe(0.5);
  await speed(webview).selectOption('2×');
  expect(await of(webview, 'playbackRate')).toBe(2);
});

test('a tone keeps its pitch at any speed', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, tone);
  for (const rate of ['2', '1', '0.5']) {
    await speed(webview).selectOption(rate);
    expect(Math.abs((await toneOf(webview.locator('audio'))) - 440), `Hz at ${rate}`).toBeLessThan(20);
  }
});

test('the volume of a voicemail can be set, muted and unmuted', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, longOne);
  await webview.getByRole('slider', { name: 'Volume' }).fill('0.25');
  expect(await of(webview, 'volume')).toBe(0.25);
  await slider(webview).press('m');
  expect(await of(webview, 'muted')).toBe(true);
  await webview.getByRole('button', { name: 'Unmute' }).click();
  expect(await of(webview, 'muted')).toBe(false);
});

test('the next voicemail opens in the same tab with the same speed and volume', async ({
  editor,
  admin,
  storage,
}) => {
  const { webview } = editor;
  await admin.deliverAll([longOne, tone]);
  await editor.signIn();
  await editor.openMessage('Maya Long');
  await speed(webview).selectOption('2×');
  await webview.getByRole('slider', { name: 'Volume' }).fill('0.25');
  // Nobody chooses another message before what was set has come to the extension.
  await expect.poll(() => storage.memory.get('viewer.sound')).toMatchObject({ rate: 2, volume: 0.25 });
  await editor.openMessage('Pia Cem');
  expect(editor.tabs).toEqual(['Pia Cem']);
  await expect.poll(() => of(webview, 'playbackRate')).toBe(2);
  expect(await of(webview, 'volume')).toBe(0.25);
});

test('Skip Silence skips the silence in a voicemail', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, tone);
  const skip = webview.getByRole('button', { name: 'Skip Silence' });
  await expect(skip).toHaveAttribute('title', '0:01 shorter');
  await skip.click();
  await expect(skip).toHaveAttribute('aria-pressed', 'true');
  // The slower it is, the less is heard of the silence until the page notices it.
  await speed(webview).selectOption('0.5×');
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

test('a voicemail that is opened plays', async ({ editor, admin }) => {
  const { webview, page } = editor;
  await page.addInitScript(() => {
    // As if somebody had pressed something in the page; what a browser allows without that differs.
    HTMLMediaElement.prototype.play = function () {
      this.dataset['played'] = 'yes';
      return Promise.resolve();
    };
  });
  await page.reload();
  await open(editor, admin, longOne);
  await expect(webview.locator('audio')).toHaveAttribute('data-played', 'yes');
  await expect(webview.getByRole('button', { name: 'Play', exact: true })).toBeFocused();
});

test('where a page may not play by itself, the space bar plays the voicemail that was opened', async ({
  editor,
  admin,
}) => {
  const { webview, page } = editor;
  await open(editor, admin, longOne);
  await expect(webview.getByRole('button', { name: 'Play', exact: true })).toBeFocused();
  expect(await of(webview, 'paused')).toBe(true);
  await page.keyboard.press(' ');
  await expect.poll(() => of(webview, 'paused')).toBe(false);
});

test('buttons and keys open the next and the previous unread voicemail and mark it as read', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const heading = webview.getByRole('heading', { level: 1 });
  const records = await admin.deliverAll([
    voicemail('Ana One', 'audio/wav', 'pcm.wav', hoursAgo(4)),
    voicemail('Bob Two', 'audio/mpeg', 'mp3.mp3', hoursAgo(3)),
    voicemail('Cid Three', 'audio/ogg', 'ogg.ogg', hoursAgo(2)),
    voicemail('Dot Four', 'audio/x-wav', 'mu-law.wav', hoursAgo(1)),
  ]);
  const [, bob, cid, dot] = records.map(({ id }) => String(id));
  await editor.signIn();
  await editor.openMessage('Ana One');
  await expect(webview.getByText('3 more unread voicemails')).toBeVisible();
  await expect.poll(() => unread(admin)).toEqual([bob, cid, dot]);

  await webview.getByRole('button', { name: 'Next Unread' }).click();
  await expect(heading).toHaveText('Bob Two');
  await expect(heading, 'whoever listens by keys and ears is told').toBeFocused();
  await expect.poll(() => unread(admin)).toEqual([cid, dot]);
  await webview.locator('body').press('p');
  await expect(heading).toHaveText('Dot Four');
  await expect.poll(() => unread(admin)).toEqual([cid]);
  expect(editor.tabs, 'all in one tab').toEqual(['Dot Four']);
});

test('Play All Unread plays each unread voicemail and marks it as read at its end', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const heading = webview.getByRole('heading', { level: 1 });
  const through = webview.getByRole('button', { name: 'Play All Unread' });
  const records = await admin.deliverAll([
    voicemail('Bob Two', 'audio/mpeg', 'mp3.mp3', hoursAgo(3)),
    voicemail('Cid Three', 'audio/ogg', 'ogg.ogg', hoursAgo(2)),
    voicemail('Dot Four', 'audio/x-wav', 'mu-law.wav', hoursAgo(1)),
  ]);
  const [bob, cid, dot] = records.map(({ id }) => String(id));
  await editor.signIn();
  await editor.openMessage('Dot Four');
  await expect.poll(() => unread(admin)).toEqual([bob, cid]);
  await admin.change(String(dot), { readStatus: 'Unread' });
  await expect.poll(() => editor.messageOf(String(dot))?.readStatus).toBe('Unread');
  await expect(webview.getByText('2 more unread voicemails')).toBeVisible();
  await speed(webview).selectOption('0.5×');
  await webview.getByRole('button', { name: 'Skip Silence' }).click();
  await through.click();
  await expect(heading).toHaveText('Bob Two');
  await expect(heading).toHaveText('Cid Three');
  await expect(through).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => unread(admin), 'the one that is playing was not heard yet').toEqual([cid]);
  await speed(webview).selectOption('2×');
  await expect(webview.getByText('No other unread voicemails').first()).toBeVisible();
  await expect.poll(() => unread(admin)).toEqual([]);
  await expect(through).toHaveAttribute('aria-pressed', 'false');
});

test.describe('if voicemails are to be marked as read when they are played', () => {
  test.use({ settings: { 'ringcentralMailbox.markVoicemailRead': 'onPlay' } });

  test('opening and going to the next one marks nothing, and playing marks the one that plays, once', async ({
    editor,
    admin,
  }) => {
    const { webview } = editor;
    const heading = webview.getByRole('heading', { level: 1 });
    const play = webview.getByRole('button', { name: 'Play', exact: true });
    const records = await admin.deliverAll([
      voicemail('Ana One', 'audio/wav', 'pcm.wav', hoursAgo(2)),
      voicemail('Bob Two', 'audio/mpeg', 'mp3.mp3', hoursAgo(1)),
    ]);
    const [ana, bob] = records.map(({ id }) => String(id));
    await editor.signIn();
    await editor.openMessage('Ana One');
    await webview.getByRole('button', { name: 'Next Unread' }).click();
    await expect(heading).toHaveText('Bob Two');
    await expect(play).toBeVisible();
    expect(await unread(admin), 'both were opened').toEqual([ana, bob]);
    await play.click();
    await expect.poll(() => unread(admin)).toEqual([ana]);

    await admin.change(String(bob), { readStatus: 'Unread' });
    await expect.poll(() => editor.messageOf(String(bob))?.readStatus).toBe('Unread');
    await expect.poll(() => of(webview, 'paused')).toBe(true);
    await play.click();
    await expect.poll(() => of(webview, 'ended')).toBe(true);
    expect(await unread(admin), 'whoever marks it as unread wants it to stay so').toEqual([ana, bob]);
  });
});

test.describe('if nothing is to be marked as read by itself', () => {
  test.use({
    settings: {
      'ringcentralMailbox.markReadOnOpen': false,
      'ringcentralMailbox.markVoicemailRead': 'onPlay',
    },
  });

  test('neither playing a voicemail nor playing all unread ones marks any', async ({ editor, admin }) => {
    const { webview } = editor;
    const records = await admin.deliverAll([
      voicemail('Ana One', 'audio/wav', 'pcm.wav', hoursAgo(2)),
      voicemail('Bob Two', 'audio/mpeg', 'mp3.mp3', hoursAgo(1)),
    ]);
    await editor.signIn();
    await editor.openMessage('Ana One');
    await speed(webview).selectOption('2×');
    await webview.getByRole('button', { name: 'Play', exact: true }).click();
    await webview.getByRole('button', { name: 'Play All Unread' }).click();
    await expect(webview.getByRole('heading', { level: 1 })).toHaveText('Bob Two');
    await expect(announced(webview)).toHaveText('No other unread voicemails');
    expect(await unread(admin)).toEqual(records.map(({ id }) => String(id)));
    const changes = (await admin.requests()).filter(({ method }) => method === 'PUT');
    expect(changes).toEqual([]);
  });
});

test('Play All Unread stops at a voicemail that cannot be played and continues when pressed again', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const heading = webview.getByRole('heading', { level: 1 });
  const through = webview.getByRole('button', { name: 'Play All Unread' });
  const [, unplayable] = await admin.deliverAll([
    voicemail('Ana One', 'audio/wav', 'pcm.wav', hoursAgo(3)),
    voicemail('Gus Mobile', 'audio/x-wav', 'unplayable.odd', hoursAgo(2)),
    voicemail('Cid Three', 'audio/ogg', 'ogg.ogg', hoursAgo(1)),
  ]);
  await editor.signIn();
  await editor.openMessage('Ana One');
  await speed(webview).selectOption('2×');
  await webview.getByRole('button', { name: 'Skip Silence' }).click();
  await through.click();

  await expect(heading).toHaveText('Gus Mobile');
  await expect(announced(webview)).toHaveText("This audio format isn't supported.");
  await expect(through).toHaveAttribute('aria-pressed', 'false');

  await through.click();
  await expect(heading).toHaveText('Cid Three');
  await expect.poll(() => of(webview, 'ended')).toBe(true);
  await expect(announced(webview)).toHaveText('No other unread voicemails');
  await expect.poll(() => unread(admin)).toEqual([String(unplayable?.id)]);
});

test('each change of the transcription status is shown and announced without resetting the player', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const record = await admin.deliver(
    voicemail('Vera Voice', 'audio/wav', 'pcm.wav', { vmTranscriptionStatus: 'InProgress' }),
  );
  await editor.signIn();
  await editor.openMessage('Vera Voice');
  const transcription = webview.getByRole('region', { name: 'Transcription' });
  await expect(transcription).toContainText('This voicemail is being transcribed.');

  const recording = {
    type: 'AudioRecording',
    contentType: 'audio/wav',
    file: 'pcm.wav',
    fileName: 'pcm.wav',
  };
  const words = { type: 'AudioTranscription', contentType: 'text/plain' };
  await slider(webview).press('ArrowRight');
  for (const [status, text, note] of [
    ['CompletedPartially', 'Please call', 'Only part of this voicemail could be transcribed.'],
    ['Completed', 'Please call me back.', undefined],
    ['Failed', undefined, "This voicemail couldn't be transcribed."],
    ['TimedOut', undefined, 'Transcribing this voicemail took too long and was stopped.'],
    ['NotAvailable', undefined, 'This voicemail has no transcription.'],
  ] as const)
    await test.step(status, async () => {
      await admin.change(record.id, {
        vmTranscriptionStatus: status,
        attachments: [
          { ...recording, id: record.id },
          ...(text === undefined ? [] : [{ ...words, text, fileName: `${status}.txt` }]),
        ],
      });
      await expect(announced(webview)).toHaveText(note ?? 'This voicemail has been transcribed.');
      await expect(transcription.locator('.muted')).toHaveText(note === undefined ? [] : [note]);
      await expect(transcription.locator('blockquote')).toHaveText(text === undefined ? [] : [text]);
      await expect(slider(webview), 'where it was').toHaveAttribute('aria-valuenow', '4');
    });
});

test('the transcription of a voicemail is shown beside its player', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(
    editor,
    admin,
    voicemail('Vera Voice', 'audio/wav', 'pcm.wav', { vmTranscriptionStatus: 'InProgress' }),
  );
  const player = await boxOf(slider(webview));
  const beside = await boxOf(webview.getByRole('region', { name: 'Transcription' }));
  expect(beside.x).toBeGreaterThan(player.x + player.width);
  expect(beside.y).toBeLessThan(player.y);
});
