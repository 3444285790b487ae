import { expect, test } from './emulated';

test.use({ emulatorOptions: { messages: 0 } });

test('pages hold no secret of the sign-in, and their policy forbids scripts, pictures and connections of others', async ({
  workbench,
  emulator,
  admin,
  accessTokens,
  violations,
  page,
  signIn,
}) => {
  const { webview, messages } = workbench;
  await admin.deliverAll([
    {
      type: 'VoiceMail',
      from: { name: 'Pia Cem', phoneNumber: '+16505550101' },
      attachments: [
        { type: 'AudioRecording', contentType: 'audio/x-wav', file: 'voicemail-maya.wav', fileName: 'a.wav' },
      ],
    },
    {
      from: { name: 'Mia Mms', phoneNumber: '+16505550102' },
      text: 'A file',
      attachments: [
        { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
      ],
    },
  ]);
  await signIn();

  for (const [sender, content] of [
    ['Pia Cem', webview.getByRole('slider', { name: /^Recording/ })],
    ['Mia Mms', webview.getByRole('button', { name: 'Open site-plan.png' }).locator('img')],
  ] as const)
    await test.step(`the page of ${sender}`, async () => {
      await messages.row(new RegExp(`^${sender}`)).expand();
      await messages.row(new RegExp(`, from ${sender}`)).open({ shows: content });

      const frames = page.frames().filter((frame) => frame !== page.mainFrame());
      const html = (await Promise.all(frames.map((frame) => frame.content()))).join('\n');
      expect(html).toContain(sender);
      expect(accessTokens.size).toBeGreaterThan(0);
      const secrets = [
        ...accessTokens,
        emulator.clientSecret,
        emulator.jwt,
        new URL(emulator.url).host,
        new URL(emulator.mediaUrl).host,
      ];
      expect(secrets.filter((secret) => html.includes(secret))).toEqual([]);

      expect(violations, 'by the page itself').toEqual([]);
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
