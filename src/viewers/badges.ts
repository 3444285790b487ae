import { l10n } from 'vscode';
import type { Message } from '../api/schema';
import type { Badge } from './protocol';

/** What stands out about a message besides its content. */
export function badges(message: Message): readonly Badge[] {
  return [
    ...(message.priority === 'High' ? [{ kind: 'urgent', text: l10n.t('Urgent') } as const] : []),
    ...(message.availability === 'Deleted' ? [{ kind: 'deleted', text: l10n.t('Deleted') } as const] : []),
  ];
}
