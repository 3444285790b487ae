import type { Message } from '../api/schema';

/** Which messages from others people want to be notified of. */
export type NotificationsMode = 'off' | 'important' | 'all';

/** Whether people want to be notified of a new message. */
export function isNotified(
  { type, priority }: Pick<Message, 'type' | 'priority'>,
  mode: NotificationsMode,
): boolean {
  if (mode === 'important') return type === 'VoiceMail' || priority === 'High';
  return mode === 'all';
}
