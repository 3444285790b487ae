import type { StoredMessage } from '../record';
import { clientConversations } from './conversations/clients';
import { homeConversations } from './conversations/home';
import { mayaConversation } from './conversations/maya';
import { officeConversations } from './conversations/office';
import { tradeConversations } from './conversations/trades';
import { type Draft, settle } from './draft';
import { faxes } from './faxes';
import { ConversationIds, MessageIds } from './ids';
import { playConversation } from './playConversation';
import { generateDrafts } from './procedural/generateDrafts';
import { Random } from './random';
import { recordFax } from './recordFax';
import { recordVoicemail } from './recordVoicemail';
import type { SampleContext, SampleExtension } from './sampleContext';
import { voicemails } from './voicemails';

export interface SampleOptions {
  readonly seed: number;
  /** How many; by default the written mailbox, a few hundred. More are made up, over three years; of fewer, the newest stay. */
  readonly messages?: number;
  /** ms since the epoch. The newest message is minutes older; times of day are those of the local time zone. */
  readonly now: number;
  readonly extension: SampleExtension;
}

/** The mailbox of a small firm that designs and builds, oldest message first; the same for the same options. */
export function buildSampleMailbox({ seed, messages, now, extension }: SampleOptions): StoredMessage[] {
  // Most tests start with an empty mailbox, for which none of the work below is needed.
  if (messages === 0) return [];
  const random = new Random(seed);
  const context: SampleContext = { now, extension, random, conversationIds: new ConversationIds(random) };
  const written = writtenDrafts(context);
  const count = messages ?? written.length;
  const drafts = [...written, ...generateDrafts(count - written.length, context)].sort(
    (a, b) => a.time - b.time,
  );
  const ids = new MessageIds(random);
  return drafts.slice(drafts.length - count).map((draft) => settle(draft, ids));
}

function writtenDrafts(context: SampleContext): Draft[] {
  const conversations = [
    mayaConversation,
    ...officeConversations,
    ...clientConversations,
    ...tradeConversations,
    ...homeConversations,
  ];
  return [
    ...conversations.flatMap((script) => playConversation(script, context)),
    ...voicemails.map((voicemail) => recordVoicemail(voicemail, context)),
    ...faxes.map((fax) => recordFax(fax, context)),
  ];
}
