import type { Locator } from '@playwright/test';
import { expect, test } from './emulated';
import type { Workbench } from './pages/workbench';
import { pixelsOf, type Picture } from './pixels';

test.use({ emulatorOptions: { messages: 0 } });

const recording = (contentType: string, file: string): object => ({
  type: 'VoiceMail',
  attachments: [{ type: 'AudioRecording', contentType, file, fileName: file }],
});
const fax = (contentType: string, file: string): object => ({
  type: 'Fax',
  attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
});
const mms = (contentType: string, file: string): object => ({
  type: 'MmsAttachment',
  contentType,
  file,
  fileName: file,
});

/** By who sent it. */
const mailbox: Readonly<Record<string, object>> = {
  'Pia Cem': recording('audio/x-wav', 'voicemail-maya.wav'),
  'Mo Law': recording('audio/x-wav', 'voicemail-ben.wav'),
  'Emma Three': recording('audio/mpeg', 'voicemail-ruth.mp3'),
  'Gus Mobile': recording('audio/x-wav', 'voicemail-inspector.wav'),
  'Tina Fine': fax('image/tiff', 'fax-timber-quote.tif'),
  'Tim Coarse': fax('image/tiff', 'fax-permit-review.tif'),
  'Ada Scan': fax('application/pdf', 'fax-agreement.pdf'),
  'Ed Type': fax('application/pdf', 'fax-change-order.pdf'),
  'Mia Mms': {
    text: 'Four files',
    attachments: [
      mms('image/png', 'site-plan.png'),
      mms('video/mp4', 'pendant.mp4'),
      mms('text/vcard', 'ben-castellano.vcf'),
      mms('text/plain', 'materials.txt'),
    ],
  },
};

/** Opens the message of one sender and waits for its page. */
async function open({ messages, webview }: Workbench, sender: string): Promise<void> {
  await messages.row(new RegExp(`^${sender}`)).expand();
  await messages
    .row(new RegExp(`, from ${sender}`))
    .open({ shows: webview.getByRole('heading', { name: sender, level: 1 }) });
  await expect(webview.getByRole('heading', { name: sender, level: 1 })).toBeVisible();
}

/** Starts a player by the keyboard and waits until it is under way. @returns how long it plays, in seconds */
async function play(player: Locator, control = player): Promise<number> {
  await control.press(' ');
  await expect
    .poll(() => player.evaluate((media: HTMLMediaElement) => media.currentTime))
    .toBeGreaterThan(0.3);
  return player.evaluate((media: HTMLMediaElement) => media.duration);
}

/** Goes through a document, forward by the button and back by the key. @returns what was on each page */
async function pageThrough({ webview }: Workbench, pages: number): Promise<Picture[]> {
  const sheet = (page: number): Locator => webview.getByRole('img', { name: `Page ${page} of ${pages}` });
  const number = webview.getByRole('textbox', { name: 'Page number' });
  const next = webview.getByRole('button', { name: 'Next Page' });
  const seen = [await pixelsOf(sheet(1))];
  for (let page = 2; page <= pages; page++) {
    await next.click();
    await expect(number).toHaveValue(String(page));
    await expect(sheet(page)).toBeInViewport();
    seen.push(await pixelsOf(sheet(page)));
  }
  await expect(next).toBeDisabled();
  for (let page = pages - 1; page >= 1; page--) {
    await webview.locator('body').press('PageUp');
    await expect(number).toHaveValue(String(page));
    await expect(sheet(page)).toBeInViewport();
  }
  expect(await pixelsOf(sheet(1))).toEqual(seen[0]);
  return seen;
}

function expectWrittenPages(pictures: readonly Picture[]): void {
  for (const { width, height, ink } of pictures) {
    expect(height / width, 'the shape of a sheet of paper').toBeGreaterThan(1.25);
    expect(height / width, 'the shape of a sheet of paper').toBeLessThan(1.45);
    expect(ink, 'not empty').toBeGreaterThan(0.005);
    expect(ink, 'not black').toBeLessThan(0.3);
  }
  expect(new Set(pictures.map(({ checksum }) => checksum)).size, 'each another').toBe(pictures.length);
}

test('what came with a message is played and shown, under a strict policy and without a secret in the page', async ({
  workbench,
  emulator,
  admin,
  accessTokens,
  violations,
  page,
  signIn,
}) => {
  const { webview } = workbench;
  await admin.deliverAll(
    Object.entries(mailbox).map(([name, message], index) => ({
      from: { name, phoneNumber: `+1650555010${index}` },
      ...message,
    })),
  );
  await signIn();

  /** What was in every frame while a message was shown, by who sent it. */
  const pages = new Map<string, string>();
  const keepPage = async (sender: string): Promise<void> => {
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    const html = await Promise.all(frames.map((frame) => frame.content()));
    expect(html.join()).toContain(sender);
    pages.set(sender, html.join('\n'));
  };

  await test.step('voicemail is played: PCM, µ-law and MP3', async () => {
    for (const [sender, seconds] of [
      ['Pia Cem', 7],
      ['Mo Law', 10],
      ['Emma Three', 12],
    ] as const) {
      await open(workbench, sender);
      const duration = await play(
        webview.locator('audio'),
        webview.getByRole('slider', { name: /^Recording/ }),
      );
      expect(Math.abs(duration - seconds)).toBeLessThan(1);
      await keepPage(sender);
    }
  });

  await test.step('what no browser plays (GSM) is offered to other programs instead', async () => {
    await open(workbench, 'Gus Mobile');
    await expect(webview.getByText('This audio format cannot be played here.')).toBeVisible();
    await expect(webview.getByRole('button', { name: 'Save voicemail-inspector.wav…' })).toBeVisible();
    await expect(
      webview.getByRole('button', { name: 'Open Externally: voicemail-inspector.wav' }),
    ).toBeVisible();
    await expect(webview.locator('audio')).toHaveCount(0);
    await keepPage('Gus Mobile');
  });

  await test.step('TIFF faxes are paged, in fine and in coarse resolution', async () => {
    await open(workbench, 'Tina Fine');
    expectWrittenPages(await pageThrough(workbench, 3));
    await keepPage('Tina Fine');
    await open(workbench, 'Tim Coarse');
    expectWrittenPages(await pageThrough(workbench, 2));
    await keepPage('Tim Coarse');
  });

  await test.step('PDF faxes are paged, scanned and typed ones', async () => {
    await open(workbench, 'Ada Scan');
    expectWrittenPages(await pageThrough(workbench, 2));
    await keepPage('Ada Scan');
    await open(workbench, 'Ed Type');
    expectWrittenPages(await pageThrough(workbench, 3));
    await keepPage('Ed Type');
  });

  await test.step('picture, video, contact and text of an MMS are shown', async () => {
    await open(workbench, 'Mia Mms');
    await webview.getByRole('button', { name: 'Open pendant.mp4' }).click();
    await expect(webview.getByRole('button', { name: 'site-plan.png, 1 of 2' })).toBeVisible();
    const video = webview.locator('video');
    expect(Math.abs((await play(video)) - 4)).toBeLessThan(0.5);
    expect(await pixelsOf(video)).toMatchObject({ width: 360, height: 270 });
    expect((await pixelsOf(video)).colours).toBeGreaterThan(50);

    await webview.getByRole('button', { name: 'site-plan.png, 1 of 2' }).click();
    const picture = webview.getByRole('img', { name: 'site-plan.png' });
    expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
    expect((await pixelsOf(picture)).colours).toBeGreaterThan(50);

    const contact = webview.getByRole('region', { name: 'ben-castellano.vcf' });
    await contact.scrollIntoViewIfNeeded();
    await expect(contact.getByRole('heading', { name: 'Ben Castellano' })).toBeVisible();
    await expect(contact.getByRole('link', { name: '+1-541-555-0175' })).toHaveAttribute(
      'href',
      'tel:+15415550175',
    );

    const text = webview.getByRole('region', { name: 'materials.txt' });
    await text.scrollIntoViewIfNeeded();
    await expect(text).toContainText('box of pocket screws');
    await keepPage('Mia Mms');
  });

  await test.step('no page holds a token, a credential or the address of the server', () => {
    expect(accessTokens.size).toBeGreaterThan(0);
    const secrets = [
      ...accessTokens,
      emulator.clientSecret,
      emulator.jwt,
      new URL(emulator.url).host,
      new URL(emulator.mediaUrl).host,
    ];
    expect(pages.size).toBe(Object.keys(mailbox).length);
    for (const [sender, html] of pages)
      expect(
        secrets.filter((secret) => html.includes(secret)),
        sender,
      ).toEqual([]);
  });

  await test.step('no page broke its policy, and the policy forbids', async () => {
    expect(violations).toEqual([]);
    await webview.locator('body').evaluate(async (body, url) => {
      const script = document.createElement('script');
      script.textContent = 'document.body.dataset.ran = "true"';
      const image = new Image();
      image.src = `${url}/picture.png`;
      body.append(script, image);
      await fetch(url).catch(() => undefined);
    }, emulator.url);
    for (const directive of ['script-src', 'img-src', 'connect-src'])
      await expect.poll(() => violations.join('\n')).toContain(directive);
    await expect(webview.locator('body')).not.toHaveAttribute('data-ran');
    violations.length = 0;
  });
});
