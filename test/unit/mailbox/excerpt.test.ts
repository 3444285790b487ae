import { expect, it } from 'vitest';
import type { MessageStoreApi } from '../../../src/api/messageStore';
import { readExcerpt } from '../../../src/mailbox/excerpt';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { aMessage } from '../../builders/message';

it('an excerpt has the text of a message, and the transcription of a voicemail', async () => {
  const store = new MemoryMessageStore();
  const { subject: _, ...voicemail } = aMessage({ type: 'VoiceMail' });
  const text = aMessage({ subject: 'See you at five' });
  store.apply({ put: [voicemail, text] });
  store.putDetails([{ id: voicemail.id, transcription: 'It is only me.' }]);
  const api = {} as MessageStoreApi;
  const texts: string[] = [];
  for await (const page of readExcerpt({ store, api }, [voicemail.id, text.id]))
    texts.push(...page.map((entry) => entry.text));
  expect(texts).toEqual(['It is only me.', 'See you at five']);
});
