import type { Message } from '../../api/schema';
import { audioTranscription } from '../message';
import { mayBeCut } from '../wholeText';
import type { MissingDetail } from './messageStore';

/** The text that belongs to a message and is not in its record, if there is one to be had. */
export function separateText(record: Message): MissingDetail['missing'] | undefined {
  if (record.type !== 'VoiceMail') return mayBeCut(record) ? 'text' : undefined;
  const { vmTranscriptionStatus: status } = record;
  const isThere = status === undefined || status === 'Completed' || status === 'CompletedPartially';
  return isThere && audioTranscription(record) ? 'transcription' : undefined;
}

/** Whether there may be another text by now than when `known` was asked for its own. */
export function hasNewText(record: Message, known: Message): boolean {
  return record.vmTranscriptionStatus !== known.vmTranscriptionStatus;
}
