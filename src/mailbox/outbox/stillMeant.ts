import type { Message } from '../../api/schema';
import type { Operation, OperationItem } from './operation';

/**
 * Whether the operation may be carried out on a message as the server has it now. To delete a deleted message would purge
 * it. What was in Deleted when the user agreed to lose it, and was restored elsewhere since then, is not what the user
 * agreed to lose. Of what the server does not have there is nothing to change.
 */
export function isStillMeant(
  { kind }: Pick<Operation, 'kind'>,
  item: OperationItem,
  record: Message | undefined,
): boolean {
  if (!record) return false;
  switch (kind) {
    case 'delete':
    case 'deleteConversation':
      return record.availability === 'Alive';
    case 'deletePermanently':
      return item.availabilityThen === 'Alive' || record.availability !== 'Alive';
    default:
      return true;
  }
}
