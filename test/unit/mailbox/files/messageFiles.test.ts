import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../../src/api/schema';
import { findFile, mainFiles, messageFiles } from '../../../../src/mailbox/files/messageFiles';
import { aMessage } from '../../../builders/message';

const names = (...attachments: Attachment[]): string[] =>
  messageFiles(aMessage({ attachments }))
    .map(({ name }) => name)
    .slice(2);

describe('the files of a message', () => {
  it('are its text, its record and its attachments', () => {
    const attachments = [
      { id: '1', type: 'AudioRecording', contentType: 'audio/mpeg' },
      { id: '2', type: 'AudioTranscription', contentType: 'text/plain' },
    ];
    expect(messageFiles(aMessage({ attachments })).map(({ name }) => name)).toEqual([
      'message.md',
      'message.json',
      'recording.mp3',
      'transcription.txt',
    ]);
  });

  it('have the names that their senders gave them, made valid as file names', () => {
    expect(
      names({ id: '1', fileName: '../Plan.pdf' }, { id: '2', fileName: '///', contentType: 'image/png' }),
    ).toEqual(['_Plan.pdf', 'attachment.png']);
  });

  it('have their ids in their names where names would be the same, as that of another file of the message', () => {
    const found = names(
      { id: '1', fileName: 'a.png' },
      { id: '2', fileName: 'A.PNG' },
      { id: '3', fileName: 'Message.md' },
    );
    expect(found).toEqual(['a #1.png', 'A #2.PNG', 'Message #3.md']);
  });

  it('can be found by name', () => {
    const message = aMessage({ attachments: [{ id: '1', fileName: 'a.png' }] });
    expect(findFile(message, 'a.png')).toMatchObject({ kind: 'attachment', attachment: { id: '1' } });
    expect(findFile(message, 'b.png')).toBeUndefined();
  });

  it('that are opened first are the attachments, else the text', () => {
    const picture = { id: '1', fileName: 'a.png', type: 'MmsAttachment' };
    const text = { id: '2', type: 'Text', contentType: 'text/plain' };
    expect(mainFiles(aMessage({ attachments: [text, picture] })).map(({ name }) => name)).toEqual(['a.png']);
    expect(mainFiles(aMessage({ attachments: [text] })).map(({ name }) => name)).toEqual(['message.md']);
  });
});
