import { lastChange } from './changes';
import { type Draft, mediaPart, textPart } from './draft';
import { timeOf } from './moment';
import { byNumber, ourNumber, type SampleContext } from './sampleContext';
import type { Voicemail } from './voicemails';

export function recordVoicemail(voicemail: Voicemail, context: SampleContext): Draft {
  const { owner, transcription } = voicemail;
  const time = timeOf(voicemail.time, context.now);
  const called =
    owner?.name !== undefined && owner.extensionId !== undefined
      ? { name: owner.name, extensionId: owner.extensionId }
      : ourNumber(context);
  return {
    type: 'VoiceMail',
    direction: 'Inbound',
    from: byNumber(voicemail.from),
    to: [called],
    readStatus: voicemail.unread ? 'Unread' : 'Read',
    priority: voicemail.priority ?? 'Normal',
    messageStatus: 'Received',
    vmTranscriptionStatus: voicemail.transcriptionStatus,
    ...(owner && { owner }),
    time,
    ...lastChange(voicemail, time, context),
    parts: [
      mediaPart(voicemail.recording, 'AudioRecording'),
      ...(transcription === undefined
        ? []
        : [textPart(transcription, 'AudioTranscription', 'transcription.txt')]),
    ],
  };
}
