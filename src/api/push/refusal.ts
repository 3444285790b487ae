import { ApiError } from '../errors';

/** Whether the server itself says no, and would say the same again soon: a permission is missing, or it has no push. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && !['unauthorized', 'temporary', 'rateLimited'].includes(error.kind);
}
