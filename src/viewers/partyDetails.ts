import type { Message } from '../api/schema';
import { recipientStatus, withStatus } from '../display/failureText';
import { furtherDetails, partyText } from '../display/messageText';
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
      .map((each) => [partyText(each), ...furtherDetails({ ...each, location: '' })].join(' ').trim())
      .filter(Boolean);
  return furtherDetails(party);
}

/** As `partyDetails`, with how far the message has come with each of several recipients. */
export function deliveryDetails(message: Message): readonly string[] {
  const parties = otherParties(message).slice(0, NAMED);
  const details = partyDetails(message);
  if (details.length !== parties.length || parties.length < 2) return details;
  return parties.map((party, index) => withStatus(details[index] ?? '', recipientStatus(message, party)));
}
