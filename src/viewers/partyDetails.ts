import type { Message } from '../api/schema';
import { otherParties, partyName, partyNumber } from '../mailbox/message';

/**
 * What is known of the other side besides its name: number and place of one person; of several, each one's name and
 * number, because a heading may have room for some of them only.
 */
export function partyDetails(message: Message): readonly string[] {
  const parties = otherParties(message);
  const [party] = parties;
  if (!party) return [];
  if (parties.length > 1)
    return parties.map((each) => joinKnown(each.name, partyNumber(each))).filter(Boolean);
  const name = partyName(party);
  return [partyNumber(party), party.location ?? ''].filter((detail) => detail && detail !== name);
}

function joinKnown(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
