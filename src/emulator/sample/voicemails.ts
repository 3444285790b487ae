import type { Owner, Party, TranscriptionStatus } from '../../api/schema';
import type { MediaName } from './media';
import {
  ben,
  curtis,
  dana,
  dentist,
  eleanor,
  inspector,
  jonas,
  kenji,
  maya,
  newProjects,
  nobody,
  obi,
  permits,
  ruth,
  someoneInBoise,
  someoneInRedmond,
  wei,
} from './people';
import { recordings } from './recordings';
import type { Moment, Particulars } from './script';

export interface Voicemail extends Particulars {
  readonly time: Moment;
  readonly from: Party;
  readonly recording: MediaName;
  readonly transcriptionStatus: TranscriptionStatus;
  readonly transcription?: string;
  /** The call queue that shares it with us. */
  readonly owner?: Owner;
}

export const voicemails: readonly Voicemail[] = [
  {
    time: { daysAgo: 55, at: '11:07' },
    from: obi,
    recording: 'voicemail-pocket.mp3',
    transcriptionStatus: 'NotAvailable',
  },
  {
    time: { daysAgo: 27, at: '16:40' },
    from: inspector,
    recording: 'voicemail-inspector.wav',
    transcriptionStatus: 'NotAvailable',
  },
  {
    time: { daysAgo: 31, at: '15:14' },
    from: dentist,
    recording: 'voicemail-dentist.mp3',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-dentist.mp3'],
  },
  {
    time: { daysAgo: 23, at: '18:02' },
    from: eleanor,
    recording: 'voicemail-eleanor.mp3',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-eleanor.mp3'],
  },
  {
    time: { daysAgo: 16, at: '07:48' },
    from: jonas,
    recording: 'voicemail-jonas.wav',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-jonas.wav'],
  },
  {
    time: { daysAgo: 15, at: '12:26' },
    from: permits,
    recording: 'voicemail-rosa.mp3',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-rosa.mp3'],
  },
  {
    time: { daysAgo: 11, at: '10:12' },
    from: dana,
    recording: 'voicemail-dana.mp3',
    transcriptionStatus: 'CompletedPartially',
    transcription:
      'Hi, Dana here. I changed my mind about the tile again. I am sorry. Can we go with the … one, the one by the … Thank you for being so patient.',
  },
  {
    time: { daysAgo: 8, at: '19:40' },
    from: curtis,
    recording: 'voicemail-curtis.mp3',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-curtis.mp3'],
    owner: newProjects,
  },
  {
    time: { daysAgo: 7, at: '16:33' },
    from: someoneInRedmond,
    recording: 'voicemail-pocket.mp3',
    transcriptionStatus: 'Failed',
    deletedHoursAgo: 40,
  },
  {
    time: { daysAgo: 6, at: '09:03' },
    from: nobody,
    recording: 'voicemail-pocket.mp3',
    transcriptionStatus: 'Failed',
  },
  {
    time: { daysAgo: 4, at: '20:11' },
    from: ruth,
    recording: 'voicemail-ruth.mp3',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-ruth.mp3'],
  },
  {
    time: { daysAgo: 3, at: '13:58' },
    from: kenji,
    recording: 'voicemail-kenji.mp3',
    transcriptionStatus: 'TimedOut',
    unread: true,
  },
  {
    time: { daysAgo: 2, at: '08:55' },
    from: maya,
    recording: 'voicemail-maya.wav',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-maya.wav'],
    unread: true,
  },
  {
    time: { daysAgo: 2, at: '17:27' },
    from: someoneInBoise,
    recording: 'voicemail-curtis.mp3',
    transcriptionStatus: 'Unknown',
    owner: newProjects,
    unread: true,
  },
  {
    time: { daysAgo: 1, at: '07:11' },
    from: ben,
    recording: 'voicemail-ben.wav',
    transcriptionStatus: 'Completed',
    transcription: recordings['voicemail-ben.wav'],
    priority: 'High',
    unread: true,
  },
  {
    time: { minutesAgo: 4 },
    from: wei,
    recording: 'voicemail-wei.mp3',
    transcriptionStatus: 'InProgress',
    unread: true,
  },
];
