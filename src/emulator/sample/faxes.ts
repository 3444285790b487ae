import type { MessageStatus, Party } from '../../api/schema';
import type { MediaName } from './media';
import { dana, henrietta, jonas, lunch, maya, noor, obi, permits } from './people';
import type { Moment, Particulars } from './script';

export interface Fax extends Omit<Particulars, 'status' | 'errorCode'> {
  readonly time: Moment;
  readonly document: MediaName;
  readonly resolution: 'High' | 'Low';
  /** Of an inbound fax; an outbound one has recipients. */
  readonly from?: Party;
  readonly to?: readonly FaxRecipient[];
  readonly coverPageText?: string;
  /** What we gave to be sent, where it is kept beside the fax. */
  readonly source?: MediaName;
}

export interface FaxRecipient {
  readonly party: Party;
  readonly status: MessageStatus;
  readonly errorCode?: string;
}

function sent(party: Party): FaxRecipient {
  return { party, status: 'Sent' };
}

function failed(party: Party, errorCode: string): FaxRecipient {
  return { party, status: 'SendingFailed', errorCode };
}

export const faxes: readonly Fax[] = [
  {
    time: { daysAgo: 54, at: '11:22' },
    from: obi,
    document: 'fax-survey.tif',
    resolution: 'High',
  },
  {
    time: { daysAgo: 49, at: '16:50' },
    from: henrietta,
    document: 'fax-insurance.pdf',
    resolution: 'High',
  },
  {
    time: { daysAgo: 46, at: '09:44' },
    from: jonas,
    document: 'fax-timber-quote.tif',
    resolution: 'High',
  },
  {
    time: { daysAgo: 42, at: '08:30' },
    to: [sent(jonas)],
    document: 'fax-timber-quote.tif',
    resolution: 'High',
    coverPageText: 'All of it, please. And thank you for the waist rail.',
  },
  {
    time: { daysAgo: 30, at: '10:31' },
    from: lunch,
    document: 'fax-lunch-menu.tif',
    resolution: 'Low',
  },
  {
    time: { daysAgo: 21, at: '14:08' },
    from: permits,
    document: 'fax-permit-review.tif',
    resolution: 'Low',
  },
  {
    time: { daysAgo: 20, at: '14:02' },
    to: [failed(maya, 'NoFaxMachine')],
    document: 'fax-change-order.pdf',
    resolution: 'High',
    coverPageText: 'Change order 3, as promised.',
  },
  {
    time: { daysAgo: 19, at: '08:55' },
    to: [failed(permits, 'LineBusy')],
    document: 'fax-change-order.pdf',
    resolution: 'High',
    coverPageText: 'B-04417: twelve risers, beam over the garden opening. For window 4.',
  },
  {
    time: { daysAgo: 19, at: '09:20' },
    to: [sent(permits)],
    document: 'fax-change-order.pdf',
    resolution: 'High',
    coverPageText: 'B-04417: twelve risers, beam over the garden opening. For window 4.',
    source: 'fax-change-order.pdf',
  },
  {
    time: { daysAgo: 14, at: '11:25' },
    to: [sent(noor), failed(henrietta, 'NoAnswer')],
    document: 'fax-survey.tif',
    resolution: 'High',
    coverPageText: 'The survey of Alder Street, as an example of what we need for the courtyard.',
  },
  {
    time: { daysAgo: 10, at: '08:18' },
    from: dana,
    document: 'fax-agreement.pdf',
    resolution: 'High',
  },
  {
    time: { daysAgo: 8, at: '10:30' },
    from: lunch,
    document: 'fax-lunch-menu.tif',
    resolution: 'Low',
    deletedHoursAgo: 60,
  },
  {
    time: { daysAgo: 4, at: '15:05' },
    to: [failed({ phoneNumber: '+15415550199', location: 'Bend, OR' }, 'WrongNumber')],
    document: 'fax-insurance.pdf',
    resolution: 'High',
  },
  {
    time: { daysAgo: 1, at: '10:32' },
    from: lunch,
    document: 'fax-lunch-menu.tif',
    resolution: 'Low',
    unread: true,
  },
  {
    time: { minutesAgo: 150 },
    from: { phoneNumber: '+15035550148', location: 'Portland, OR' },
    document: 'fax-timber-quote.tif',
    resolution: 'High',
    priority: 'High',
    unread: true,
  },
  {
    time: { minutesAgo: 3 },
    to: [{ party: dana, status: 'Queued' }],
    document: 'fax-agreement.pdf',
    resolution: 'High',
    coverPageText: 'Countersigned. The cat is included.',
  },
];
