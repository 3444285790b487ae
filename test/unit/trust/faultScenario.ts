import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { AttachmentCache } from '../../../src/mailbox/content/attachmentCache';
import { AttachmentContents } from '../../../src/mailbox/content/attachmentContents';
import type { ActionOutcome } from '../../../src/mailbox/mailboxActions';
import { FakeClock } from '../api/fakes';
import { longText, sourceOf } from '../mailbox/content/contents';
import {
  type EmulatedMailbox,
  notPurged,
  openUnsynchronized,
  sendWaiting,
  shown,
  statesAtServer,
  synchronize,
} from '../mailbox/openEmulator';
import { IN_SQLITE } from '../mailbox/stores';
import { FaultyNetwork, type AffectedRequest, type NetworkFault } from './faultyNetwork';
import { CutShort, type ErrorSentences } from './errorSentences';
import { WallClock } from './wallClock';

/** What somebody sees who refreshes, changes messages and opens an attachment while something is wrong. */
export interface Seen {
  readonly refresh: string;
  /** What becomes of the changes, and for what reason those wait or are refused that do. */
  readonly changes: string;
  readonly attachment: string;
}

export interface ScenarioResult {
  readonly seen: Seen;
  /** The requests to which the fault applied. */
  readonly affectedRequests: readonly AffectedRequest[];
}

/** How the clock of this computer is wrong, in milliseconds. */
export interface ClockFault {
  /** From before the mailbox is opened. */
  readonly always?: number;
  /** Set at the moment at which a fault begins, and right again when it ends. */
  readonly meanwhile?: number;
}

export interface ScenarioOptions {
  /** More messages in the conversation that is deleted. */
  readonly bulk?: number;
  readonly clock?: ClockFault;
}

/** How many requests all of it may take at most while something is wrong: several tries for each, and no storm of them. */
const MOST_REQUESTS = 100;

/** Milliseconds: longer than any request of these tests is under way. */
const SETTLED_AFTER = 1_000;

/** Messages, and what somebody wants of them: by the name of the wish, how many. */
const CONVERSATION = 3;
const MARKED = 2;

interface Chosen {
  readonly marked: readonly string[];
  readonly restored: string;
  readonly deleted: string;
  readonly conversation: readonly string[];
  readonly purged: string;
}

/**
 * Has a fault come and go while somebody uses the mailbox, and makes sure of what holds for every fault: nothing else is changed
 * at the server meanwhile, nothing is lost here, and when it is over everything that was not refused is done, and nothing
 * beyond it.
 */
export async function runFaultScenario(
  sentences: ErrorSentences,
  fault: NetworkFault,
  { bulk = 0, clock: clockFault = {} }: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const clock = new FakeClock();
  const wallClock = new WallClock();
  wallClock.set(clockFault.always ?? 0);
  const network = await FaultyNetwork.open(clock);
  const opened = await openUnsynchronized(IN_SQLITE.create(), {
    messages: 0,
    settledAfter: SETTLED_AFTER,
    clock,
    network,
    now: wallClock.right,
  });
  const { mailbox, admin } = opened;
  const text = longText(60_000);
  const { id: voicemail } = await admin.deliver({
    type: 'VoiceMail',
    attachments: [{ type: 'AudioRecording', contentType: 'text/plain', text }],
  });
  const chosen = await deliver(opened, bulk);
  await synchronize(mailbox);
  const contents = openContents(clock);
  const source = sourceOf(mailbox, String(voicemail));
  const before = await statesAtServer(opened);
  const listed = shown(opened);

  await network.begin(fault);
  wallClock.set(clockFault.meanwhile ?? clockFault.always ?? 0);
  const refresh = await sentences.outcomeOf(() => mailbox.refresh());
  const outcomes = await change(opened, chosen);
  const attachment = await sentences.outcomeOf(async () => {
    const read = Buffer.from(await contents.read(source)).toString();
    expect(text.startsWith(read) && read.length > 0, `what was read: ${read.slice(0, 40)}`).toBe(true);
    if (read !== text) throw new CutShort();
  });
  const changes = summary(sentences, outcomes);
  expect(network.affectedRequests.length).toBeLessThanOrEqual(MOST_REQUESTS);
  const refused = outcomes.flatMap(({ failed }) => failed.map(({ message }) => message.id));
  const wanted = wantedState(before, chosen, refused);
  // Each message is as it was, or as somebody wants it.
  for (const [id, state] of Object.entries(await statesAtServer(opened)))
    expect([before[id], wanted[id]], `message ${id} meanwhile`).toContain(state);
  const lost = Object.keys(listed).filter((id) => !(id in shown(opened)) && id !== chosen.purged);
  expect(lost, 'messages that are not shown any more').toEqual([]);
  const affectedRequests = [...network.affectedRequests];

  await network.end();
  wallClock.set(clockFault.always ?? 0);
  await sendWaiting(mailbox);
  await synchronize(mailbox);
  const after = await statesAtServer(opened);
  expect(after, 'when it is over').toEqual(wanted);
  expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  expect(mailbox.state).toEqual({ kind: 'ready' });
  expect(Buffer.from(await contents.read(source)).toString()).toBe(text);
  return { seen: { refresh, changes, attachment }, affectedRequests };
}

/** The messages that somebody chooses, and others like them, which nobody does. */
async function deliver({ admin }: EmulatedMailbox, bulk: number): Promise<Chosen> {
  const many = (count: number, fields: Readonly<Record<string, unknown>>) =>
    Array.from({ length: count }, () => fields);
  const records = await admin.deliverAll([
    ...many(CONVERSATION + bulk, { conversationId: '7000' }),
    ...many(MARKED + 1, { conversationId: '7001' }),
    ...many(2, { conversationId: '7002' }),
    ...many(3, { conversationId: '7003', availability: 'Deleted' }),
  ]);
  const ids = records.map(({ id }) => String(id));
  const conversation = ids.splice(0, CONVERSATION + bulk);
  const marked = ids.splice(0, MARKED);
  const [, deleted = '', , restored = '', purged = ''] = ids;
  return { marked, restored, deleted, conversation, purged };
}

async function change(
  { mailbox: { actions } }: EmulatedMailbox,
  { marked, restored, deleted, conversation, purged }: Chosen,
): Promise<readonly ActionOutcome[]> {
  return [
    await actions.setReadStatus(marked, 'Read'),
    await actions.restore([restored]),
    await actions.delete([deleted]),
    await actions.deleteConversation('7000', conversation),
    await actions.deletePermanently([purged]),
  ];
}

function wantedState(
  before: Readonly<Record<string, string>>,
  { marked, restored, deleted, conversation, purged }: Chosen,
  refused: readonly string[],
): Record<string, string> {
  const status = (id: string): string => (before[id] ?? '').split(' ')[1] ?? '';
  return {
    ...before,
    ...Object.fromEntries(marked.map((id) => [id, 'Alive Read'])),
    ...Object.fromEntries([deleted, ...conversation].map((id) => [id, `Deleted ${status(id)}`])),
    [restored]: `Alive ${status(restored)}`,
    [purged]: `Purged ${status(purged)}`,
    ...Object.fromEntries(refused.map((id) => [id, before[id] ?? ''])),
  };
}

/** Such as "8 wait (network: reset)". */
function summary(sentences: ErrorSentences, outcomes: readonly ActionOutcome[]): string {
  const made = outcomes.flatMap(({ changed }) => changed).length;
  const waiting = outcomes.flatMap((outcome) => outcome.waiting).length;
  const failed = outcomes.flatMap((outcome) => outcome.failed);
  const reasons = (errors: readonly unknown[]): string => {
    const names = new Set(
      errors.filter((error) => error !== undefined).map((error) => sentences.name(error)),
    );
    return names.size > 0 ? ` (${[...names].toSorted().join(', ')})` : '';
  };
  const delays = outcomes.map(({ delay }) => delay);
  return [
    ...(made > 0 ? [`${made} made`] : []),
    ...(waiting > 0 ? [`${waiting} wait${reasons(delays)}`] : []),
    ...(failed.length > 0 ? [`${failed.length} refused${reasons(failed.map(({ error }) => error))}`] : []),
  ].join(', ');
}

function openContents(clock: FakeClock): AttachmentContents {
  const parent = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const cache = new AttachmentCache(
    path.join(parent, 'attachments'),
    () => 1_000_000,
    (error) => {
      throw error;
    },
  );
  return new AttachmentContents(cache, clock.sleep);
}
