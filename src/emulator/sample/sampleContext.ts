import type { Party } from '../../api/schema';
import type { ConversationIds } from './ids';
import type { Random } from './random';

/** The extension whose mailbox it is. */
export interface SampleExtension {
  readonly id: string;
  readonly name: string;
  readonly extensionNumber: string;
  readonly phoneNumber: string;
}

/** What everything in the sample mailbox is made with. */
export interface SampleContext {
  /** ms since the epoch. */
  readonly now: number;
  readonly extension: SampleExtension;
  readonly random: Random;
  readonly conversationIds: ConversationIds;
}

/** We, as texts, voicemails and faxes name us. */
export function ourNumber({ extension }: SampleContext): Party {
  return { name: extension.name, phoneNumber: extension.phoneNumber };
}

/** We, as pager messages name us. */
export function ourExtension({ extension }: SampleContext): Party {
  return { name: extension.name, extensionNumber: extension.extensionNumber, extensionId: extension.id };
}

/** A party as texts, voicemails and faxes name it. */
export function byNumber({ extensionNumber, extensionId, ...party }: Party): Party {
  return party;
}

/** A party as pager messages name it. */
export function byExtension({ phoneNumber, location, ...party }: Party): Party {
  return party;
}
