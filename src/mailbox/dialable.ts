import type { Message, Party } from '../api/schema';
import type { Account } from './accounts';
import type { Group } from './group';
import { otherParties, readingOf } from './message';

/** A party that can be texted and called from outside of RingCentral. */
export interface DialableParty {
  readonly party: Party;
  /** E.164. */
  readonly number: string;
}

/** E.164: no short code, no extension, no name of a sender, and no number whose country is not known. */
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * The only party on the other side, if it has a number that can be dialed. Undefined for groups, and for accounts of any
 * server but RingCentral's production: those of others are made up, or not known to RingCentral's app.
 */
export function dialableParty(
  { server }: Pick<Account, 'server'>,
  message: Message,
): DialableParty | undefined {
  const [party, ...others] = server === 'production' ? otherParties(message) : [];
  if (!party || others.length > 0) return undefined;
  const number = readingOf(party)?.key ?? '';
  return E164.test(number) ? { party, number } : undefined;
}

/** The number of `dialableParty`. */
export function dialableNumber(account: Pick<Account, 'server'>, message: Message): string | undefined {
  return dialableParty(account, message)?.number;
}

/** The message whose other side a group stands for; undefined for one that holds messages of anybody. */
export function messageOfParty({ key, newest }: Pick<Group, 'key' | 'newest'>): Message | undefined {
  return key.kind === 'thread' || key.kind === 'party' ? newest : undefined;
}

/** As `dialableNumber`, for the other side of all messages of a group. */
export function groupNumber(account: Pick<Account, 'server'>, group: Group): string | undefined {
  const message = messageOfParty(group);
  return message && dialableNumber(account, message);
}
