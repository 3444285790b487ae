import { expect, test } from 'vitest';
import type { Attachment, Message } from '../../../src/api/schema';
import { withAnonymousFile } from '../../../src/mailbox/content/anonymousFile';
import { download } from '../../../src/mailbox/content/download';
import {
  alive,
  type EmulatedMailbox,
  openUnsynchronized,
  shown,
  statesAtServer,
  synchronize,
} from '../mailbox/openEmulator';
import { IN_MEMORY } from '../mailbox/stores';
import { DIFFERENCE_CASES, type DifferenceCase } from './serverDifferences';
import { table } from '../../builders/writtenDocument';
import { serverDocument } from './trustDocument';

/** More than are fetched first. */
const MESSAGES = 260;

interface Seen {
  /** Which of the server's messages are shown, and how many. */
  readonly what: string;
  readonly text: string;
  /** How many requests were refused while the mailbox was loaded. */
  readonly refused: number;
}

const seenOf = new Map<DifferenceCase, Seen>();

/** Why messages can be missing, by what is said of them then. */
const REASONS: readonly (readonly [string, (message: Message) => boolean])[] = [
  ['shared ones', ({ owner }) => owner !== undefined],
  ['deleted ones', ({ availability }) => availability === 'Deleted'],
];

function timeOf({ creationTime }: Message): number {
  return Date.parse(creationTime ?? expect.unreachable());
}

/**
 * What a mailbox shows of `messages`, which the server had from the beginning.
 * What is missing without a reason must be older than all that is there.
 */
function compare(opened: EmulatedMailbox, messages: readonly Message[]): Omit<Seen, 'refused'> {
  const seen = shown(opened);
  const missing = messages.filter(({ id, availability }) => seen[id] !== availability);
  const text = `${messages.length - missing.length} of ${messages.length} messages`;
  const reasons = REASONS.filter(
    ([, test]) => missing.some(test) && messages.filter(test).every((each) => missing.includes(each)),
  );
  const unexplained = missing.filter((message) => !reasons.some(([, test]) => test(message)));
  const oldest = Math.min(...messages.filter((each) => !missing.includes(each)).map(timeOf));
  expect(unexplained.filter((each) => timeOf(each) > oldest)).toEqual([]);
  const kinds = reasons.map(([name]) => name).join(' and ');
  const isWithoutOld = unexplained.length > 0;
  if (kinds === '') return { what: isWithoutOld ? 'the newest ones' : 'everything', text };
  return { what: isWithoutOld ? `the newest ones without ${kinds}` : `all but ${kinds}`, text };
}

/** All that the server has. */
async function messagesOf({ mailbox }: EmulatedMailbox): Promise<readonly Message[]> {
  const { records } = await mailbox.api.listMessages({
    dateFrom: '2000-01-01T00:00:00.000Z',
    availability: ['Alive', 'Deleted'],
    owner: 'Any',
    perPage: 1_000,
  });
  return records;
}

/** An attachment of the mailbox that breaks off on its way, fetched whole all the same. @returns its size in bytes */
async function fetchInterrupted(
  { mailbox, admin }: EmulatedMailbox,
  attachment: Attachment,
): Promise<number> {
  await admin.fail({ kind: 'truncate', path: '/content/', bytes: 1_000 });
  return withAnonymousFile(async (file) => {
    await download(mailbox.api, attachment, file, { received: 0 }, { sleep: () => Promise.resolve() });
    return (await file.stat()).size;
  });
}

async function refusedCount({ admin }: EmulatedMailbox): Promise<number> {
  const requests = await admin.requests();
  // The text of each voicemail is asked for once.
  return requests.filter(({ path, status = 0 }) => status >= 400 && !path.includes('/content/')).length;
}

test.each(DIFFERENCE_CASES.map((each) => [each.asked, each.server, each] as const))(
  'of a server that is asked for %s and %s, as much is shown and done as it lets us',
  async (_asked, _server, each) => {
    const { deviations, ranges, error } = each;
    const opened = await openUnsynchronized(IN_MEMORY.create(), {
      messages: MESSAGES,
      impatient: true,
      settledAfter: 0,
    });
    const { mailbox, admin } = opened;
    const messages = await messagesOf(opened);
    await admin.deviate(deviations);
    if (ranges !== undefined) await admin.changeSettings({ ranges });
    const outcome = await synchronize(mailbox).then(() => undefined, String);
    expect(outcome).toBe(error);
    const refused = await refusedCount(opened);

    // What was refused once is not asked for again.
    const { id } = await admin.deliver({ text: 'New' });
    await mailbox.refresh().catch(() => undefined);
    expect(mailbox.store.get(String(id))).toMatchObject({ subject: 'New' });
    expect(await refusedCount(opened)).toBe(refused);

    const seen = compare(opened, messages);
    expect(seen.what).toBe(each.shown);
    seenOf.set(each, { ...seen, refused });

    const attachment = alive(opened)
      .flatMap(({ attachments }) => attachments)
      .find(({ size = 0 }) => size > 5_000);
    expect(await fetchInterrupted(opened, attachment ?? expect.unreachable())).toBe(attachment?.size);

    // Deleting waits for a synchronization that has succeeded.
    const chosen = alive(opened)
      .filter(({ owner }) => !owner)
      .map((message) => message.id);
    const [one = '', two = '', three = ''] = chosen;
    await mailbox.actions.setReadStatus([one], 'Read');
    await mailbox.actions.setReadStatus([one], 'Unread');
    await mailbox.actions.setReadStatus([two, three], 'Read');
    await mailbox.actions.setReadStatus([two, three], 'Unread');
    if (error === undefined) {
      await mailbox.actions.delete([two, three]);
      await mailbox.actions.restore([three]);
    }
    expect(mailbox.waitingCount).toBe(0);
    expect(await statesAtServer(opened)).toMatchObject({
      [one]: 'Alive Unread',
      [two]: `${error === undefined ? 'Deleted' : 'Alive'} Unread`,
      [three]: 'Alive Unread',
    });
  },
);

test('docs/server.md tells what becomes of a mailbox at each of these servers', () => {
  const rows = DIFFERENCE_CASES.map((each) => {
    const seen = seenOf.get(each);
    if (!seen) throw new Error('Only all tests of this file together can tell what is seen.');
    const refusals = seen.refused === 0 ? '' : `; ${seen.refused} refused at first, none later`;
    return [each.asked, each.server, each.then, `${seen.what} (${seen.text}${refusals})`];
  });
  expect(rows.length).toBeGreaterThan(40);
  serverDocument.expectPart('differences', table(['Asked for', 'A server that …', 'Then', 'Seen'], rows));
});
