import type { Party } from '../../../api/schema';
import type { Draft } from '../draft';
import type { Fax } from '../faxes';
import type { MediaName } from '../media';
import { playConversation } from '../playConversation';
import type { Random } from '../random';
import { recordFax } from '../recordFax';
import { recordVoicemail } from '../recordVoicemail';
import type { SampleContext } from '../sampleContext';
import type { Line, Particulars, Session } from '../script';
import type { Voicemail } from '../voicemails';
import { colleagues, inventContacts } from './contacts';
import { phrase } from './phrases';

const DAYS = 3 * 365;
const MESSAGES_PER_CONTACT = 60;
const MOST_CONTACTS = 2500;

const recordings: readonly MediaName[] = [
  'voicemail-curtis.mp3',
  'voicemail-dentist.mp3',
  'voicemail-kenji.mp3',
  'voicemail-pocket.mp3',
];
const documents: readonly MediaName[] = [
  'fax-lunch-menu.tif',
  'fax-permit-review.tif',
  'fax-change-order.pdf',
  'fax-insurance.pdf',
];
const pictures: readonly MediaName[] = [
  'site-sunset.jpg',
  'tile-samples.jpg',
  'stair.jpg',
  'budget.png',
  'biscuit.gif',
];

/** So many made-up messages over three years, in no order; none if `count` is not positive. */
export function generateDrafts(count: number, context: SampleContext): Draft[] {
  if (count <= 0) return [];
  const { random } = context;
  const people = Math.min(MOST_CONTACTS, Math.ceil(count / MESSAGES_PER_CONTACT));
  const contacts = inventContacts(people, random);
  const conversations = new Map<Party, Session[]>();
  const drafts: Draft[] = [];

  let texts = 0;
  while (drafts.length + texts < count) {
    const room = count - drafts.length - texts;
    const contact = random.pick(contacts);
    const kind = random.integer(1, 100);
    if (kind <= 14) {
      drafts.push(recordVoicemail(voicemail(contact, random), context));
    } else if (kind <= 22) {
      drafts.push(recordFax(fax(contact, random), context));
    } else {
      const party = kind <= 30 ? random.pick(colleagues) : contact;
      const session = chat(party, room, random);
      texts += session.lines.length;
      const sessions = conversations.get(party);
      if (sessions) sessions.push(session);
      else conversations.set(party, [session]);
    }
  }
  for (const [party, sessions] of conversations) {
    const type = party.extensionId === undefined ? 'SMS' : 'Pager';
    for (const draft of playConversation({ type, others: [party], sessions }, context)) drafts.push(draft);
  }
  return drafts;
}

function chat(party: Party, room: number, random: Random): Session {
  const { time, daysAgo } = workingHour(random);
  const isPager = party.extensionId !== undefined;
  const lines = Array.from({ length: Math.min(room, random.integer(1, 9)) }, (): Line => {
    if (random.percent(48)) {
      const failed = !isPager && random.percent(2);
      return {
        text: phrase(isPager ? 'pager' : 'sent', random),
        ...(failed && {
          status: 'DeliveryFailed',
          errorCode: random.pick(['SMS-UP-410', 'SMS-CAR-412', 'SMS-UP-430']),
        }),
        ...outcome(daysAgo, false, random),
      };
    }
    return {
      from: party,
      text: phrase(isPager ? 'pager' : 'received', random),
      ...(!isPager && random.percent(3) && { media: [random.pick(pictures)] }),
      ...outcome(daysAgo, true, random),
    };
  });
  return { time, lines };
}

function voicemail(from: Party, random: Random): Voicemail {
  const { time, daysAgo } = workingHour(random);
  return {
    time,
    from,
    recording: random.pick(recordings),
    ...(random.percent(70)
      ? { transcriptionStatus: 'Completed', transcription: phrase('transcription', random) }
      : { transcriptionStatus: random.pick(['NotAvailable', 'Failed', 'TimedOut']) }),
    ...(random.percent(5) && { priority: 'High' }),
    ...outcome(daysAgo, true, random),
  };
}

function fax(party: Party, random: Random): Fax {
  const { time, daysAgo } = workingHour(random);
  const document = random.pick(documents);
  const resolution = random.pick(['High', 'Low'] as const);
  if (random.percent(60))
    return { time, document, resolution, from: party, ...outcome(daysAgo, true, random) };
  const recipient = random.percent(85)
    ? { party, status: 'Sent' }
    : {
        party,
        status: 'SendingFailed',
        errorCode: random.pick(['NoAnswer', 'LineBusy', 'CallFailed', 'NoFaxMachine']),
      };
  return { time, document, resolution, to: [recipient], ...outcome(daysAgo, false, random) };
}

function workingHour(random: Random): { readonly time: Session['time']; readonly daysAgo: number } {
  const daysAgo = random.integer(1, DAYS);
  return { time: { daysAgo, at: `${random.integer(7, 19)}:${random.integer(0, 59)}` }, daysAgo };
}

/** What became of it: what is new is often unread, and what is older than a week may have been deleted of late. */
function outcome(daysAgo: number, inbound: boolean, random: Random): Particulars {
  if (daysAgo > 7 && random.percent(1)) return { deletedHoursAgo: random.integer(1, 90) };
  return inbound && random.percent(daysAgo < 21 ? 30 : 1) ? { unread: true } : {};
}
