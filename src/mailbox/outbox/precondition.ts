import type { Message } from '../../api/schema';
import type { Operation, OperationItem } from './operation';

/** Whether an operation may be carried out on a message. */
export type Precondition =
  | 'met'
  /** It is not meant for the message as it is now, and is dropped. */
  | 'unmet'
  /** The server does not say what would have to be known. */
  | 'unproven';

/**
 * Whether the operation may be carried out on a message as the server has it now. To delete a deleted message would purge
 * it, so the server must have said that it is alive. What was in Deleted when the user agreed to lose it, and was restored
 * elsewhere since then, is not what the user agreed to lose. Of what the server does not have there is nothing to change.
 */
export function preconditionOf(
  { kind }: Pick<Operation, 'kind'>,
  { availabilityThen }: OperationItem,
  record: Message | undefined,
): Precondition {
  if (!record) return 'unmet';
  switch (kind) {
    case 'delete':
    case 'deleteConversation':
      if (record.availability !== 'Alive') return 'unmet';
      return record.isAvailabilityAssumed ? 'unproven' : 'met';
    case 'deletePermanently':
      return availabilityThen === 'Alive' || record.availability !== 'Alive' ? 'met' : 'unmet';
    default:
      return 'met';
  }
}
