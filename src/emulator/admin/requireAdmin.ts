import { timingSafeEqual } from 'node:crypto';

import type { EmulatorRequest } from '../http';
import { unauthorized } from '../oauth/sessions';

/** The admin surface answers only to its own token. @throws RequestError 401 */
export function requireAdmin(request: EmulatorRequest, adminToken: string): void {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${adminToken}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw unauthorized('AGW-401', 'The admin token is missing or wrong.');
  }
}
