import type { Message } from '../api/schema';
import { creationTime } from '../mailbox/message';
import type { VoicemailDirection } from './protocol';
import type { ViewerSource } from './viewerSource';

/** How many unread voicemails there are besides this message; 0 for a message that is none itself. */
export function otherUnreadVoicemails(source: ViewerSource, message: Message): number {
  if (message.type !== 'VoiceMail') return 0;
  return source.unreadVoicemails().filter(({ id }) => id !== message.id).length;
}

/**
 * The unread voicemail that comes after or before a message in time; past the last it begins again with the first.
 * @param unread oldest first
 * @param heard not to be found again
 * @returns undefined if there is no other
 */
export function neighbouringVoicemail(
  unread: readonly Message[],
  message: Message | undefined,
  direction: VoicemailDirection,
  heard: ReadonlySet<string>,
): Message | undefined {
  const others = unread.filter(({ id }) => id !== message?.id && !heard.has(id));
  const time = message ? creationTime(message) : 0;
  return direction === 'next'
    ? (others.find((other) => creationTime(other) >= time) ?? others[0])
    : (others.findLast((other) => creationTime(other) <= time) ?? others.at(-1));
}
