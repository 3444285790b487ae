import type { AttachmentType, MessageType, Party, Priority } from '../../api/schema';
import { mediaPart } from './draft';
import type { MediaName } from './media';
import { ben, imani, jonas, kenji, maya } from './people';
import { recordings, type RecordingFile } from './recordings';

/** The fields of a message's record, as the emulator's `buildMessage` takes them. */
export interface Delivery {
  readonly type: MessageType;
  readonly priority?: Priority;
  readonly [field: string]: unknown;
}

/** What may come anew to the sample mailbox, one after the other. The first is one that people are notified of by default. */
export const deliveries: readonly [Delivery, ...Delivery[]] = [
  voicemail(kenji, 'voicemail-kenji.mp3'),
  {
    type: 'SMS',
    from: maya,
    text: 'The second coat is dry. Do you want the doors hung today, or shall I wait for the handles?',
  },
  {
    type: 'Fax',
    from: jonas,
    faxResolution: 'High',
    faxPageCount: 3,
    coverPageText: 'The timber for the porch, as we talked about. Good until the end of the month.',
    attachments: [mediaAttachment('fax-timber-quote.tif', 'RenderedDocument')],
  },
  { ...voicemail(ben, 'voicemail-ben.wav'), priority: 'High' },
  {
    type: 'Pager',
    from: imani,
    text: 'The delivery truck is at the gate. Who has the key to the workshop?',
  },
];

function voicemail(from: Party, recording: RecordingFile): Delivery {
  return {
    type: 'VoiceMail',
    from,
    vmTranscriptionStatus: 'Completed',
    attachments: [
      mediaAttachment(recording, 'AudioRecording'),
      {
        type: 'AudioTranscription',
        contentType: 'text/plain',
        fileName: 'transcription.txt',
        text: recordings[recording],
      },
    ],
  };
}

function mediaAttachment(name: MediaName, type: AttachmentType): Readonly<Record<string, unknown>> {
  return { ...mediaPart(name, type).attachment, file: name };
}
