import type { Message } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { numberText, partyText, placeText } from '../display/messageText';
import { otherParties } from '../mailbox/message';

/** Of how many people more is said than that they are there. */
const NAMED = 100;

/**
 * What is known of the other side besides its name: number and place of one person; of several, each one's name and
 * number, because a heading may have room for some of them only.
 */
export function partyDetails(message: Message): readonly string[] {
  const parties = otherParties(message);
  const [party] = parties;
  if (!party) return [];
  if (parties.length > 1)
    return parties
      .slice(0, NAMED)
      .map((each) => joinKnown(encodeLabel(each.name), numberText(each)))
      .filter(Boolean);
  const name = partyText(party);
  return [numberText(party), placeText(party)].filter((detail) => detail && detail !== name);
}

function joinKnown(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
