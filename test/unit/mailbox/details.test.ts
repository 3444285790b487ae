import { describe, expect, it } from 'vitest';
import { type EmulatedMailbox, openEmulatedMailbox } from './openEmulator';
import { EACH_STORE } from './stores';

function voicemail(text: string): Readonly<Record<string, unknown>> {
  return {
    type: 'VoiceMail',
    vmTranscriptionStatus: 'Completed',
    attachments: [{ type: 'AudioTranscription', contentType: 'text/plain', text }],
  };
}

async function contentRequests({ admin }: EmulatedMailbox): Promise<number> {
  return (await admin.requests()).filter(({ path }) => path.includes('/content/')).length;
}

describe.each(EACH_STORE)('what message lists leave out (%s)', (_name, kind) => {
  it('is fetched in the background: long texts and transcriptions', async () => {
    const opened = await openEmulatedMailbox(kind, { messages: 0 });
    const text = 'A long story. '.repeat(200).trim();
    const { id } = await opened.admin.deliver({ text });
    const { id: call } = await opened.admin.deliver(voicemail('Please call me back'));
    await opened.mailbox.refresh();
    const { store } = opened.mailbox;
    await expect.poll(() => store.get(String(id))?.subject).toBe(text);
    await expect.poll(() => store.transcription(String(call))).toBe('Please call me back');
  });

  it('is not requested again if the server refuses it, and does not hold up the rest', async () => {
    const opened = await openEmulatedMailbox(kind, { messages: 0 });
    await opened.admin.deliver(voicemail('First'));
    await opened.admin.deliver(voicemail('Second'));
    await opened.admin.fail({ kind: 'error', status: 404, errorCode: 'CMN-102', path: '/content/' });
    await opened.mailbox.refresh();
    const { store } = opened.mailbox;
    const known = (): (string | undefined)[] =>
      store.ids({ availability: 'Alive', filter: {} }).map((each) => store.transcription(each));
    await expect.poll(() => store.missingDetails(10)).toEqual([]);
    expect(known().filter((each) => each !== undefined)).toHaveLength(1);
    expect(await contentRequests(opened)).toBe(2);
    await opened.mailbox.refresh();
    expect(await contentRequests(opened)).toBe(2);
  });
});
