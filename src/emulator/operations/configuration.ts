import type { EmulatorContext } from '../context';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import { readJson, readObject } from '../requestBody';
import { invalidParameter } from '../requestError';

const SHORTEST_RETENTION = 7;
const LONGEST_RETENTION = 90;

/** `readMessageStoreConfiguration`. */
export function readConfiguration(_request: EmulatorRequest, context: EmulatorContext): Reply {
  return jsonReply(200, { retentionPeriod: context.settings.retentionPeriod });
}

/** `updateMessageStoreConfiguration`. */
export function updateConfiguration(request: EmulatorRequest, context: EmulatorContext): Reply {
  const { retentionPeriod } = readObject(readJson(request.body.toString()));
  if (
    typeof retentionPeriod !== 'number' ||
    !Number.isInteger(retentionPeriod) ||
    retentionPeriod < SHORTEST_RETENTION ||
    retentionPeriod > LONGEST_RETENTION
  ) {
    throw invalidParameter('retentionPeriod', JSON.stringify(retentionPeriod));
  }
  context.settings.retentionPeriod = retentionPeriod;
  return readConfiguration(request, context);
}
