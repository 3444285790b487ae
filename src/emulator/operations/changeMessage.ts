import { multipartBodies } from '../../util/multipart';
import type { ReadStatus } from '../../api/schema';
import type { EmulatorContext } from '../context';
import { READ_STATUSES } from '../filter';
import {
  type EmulatorRequest,
  JSON_TYPE,
  jsonReply,
  MULTIPART_JSON_TYPE,
  MULTIPART_MIXED_TYPE,
  type Reply,
} from '../http';
import { checkedIds, idsInPath, IN_BODY, MAX_IDS_IN_BODY } from '../messageIds';
import { itemResult, multiStatus } from '../multiStatus';
import { batchTooLarge, invalidParameter } from '../requestError';
import { bodyType, isObject, readJson, readObject, unsupportedType } from '../requestBody';
import { findMessage } from './readMessage';

interface MessageChange {
  readonly readStatus?: ReadStatus;
  readonly restore: boolean;
}

interface BulkEntry {
  readonly id: string;
  readonly body: unknown;
}

/** Reads what a request wants done to a message. @throws RequestError if that is not allowed */
type ChangeReader = (body: unknown) => MessageChange;

/** `updateMessage`: the read status and nothing else. */
export function updateMessage(request: EmulatorRequest, context: EmulatorContext): Reply {
  return changeMessages(request, context, (body) => {
    const { readStatus, availability } = readObject(body);
    if (availability !== undefined) throw invalidParameter('availability');
    return { readStatus: readReadStatus(readStatus), restore: false };
  });
}

/** `patchMessage`: the read status, and `Alive` to restore a Deleted message. */
export function patchMessage(request: EmulatorRequest, context: EmulatorContext): Reply {
  return changeMessages(request, context, (body) => {
    const { readStatus, availability } = readObject(body);
    if (availability !== undefined && availability !== 'Alive') throw invalidParameter('availability');
    return {
      ...((readStatus !== undefined || availability === undefined) && {
        readStatus: readReadStatus(readStatus),
      }),
      restore: availability !== undefined,
    };
  });
}

function changeMessages(request: EmulatorRequest, context: EmulatorContext, read: ChangeReader): Reply {
  const change = (id: string, body: unknown): object => {
    const wanted = read(body);
    const message = findMessage(id, context);
    if (wanted.restore && message.availability === 'Purged') throw invalidParameter('availability', 'Alive');
    if (wanted.restore) context.mailbox.restore(message);
    if (wanted.readStatus) context.mailbox.setReadStatus(message, wanted.readStatus);
    return context.wire.record(message);
  };

  const path = request.params['messageId'] ?? '';
  const type = bodyType(request)?.essence ?? JSON_TYPE;
  if (type === JSON_TYPE) {
    const [id, ...others] = path === IN_BODY ? [] : idsInPath(path);
    // One body for several messages is not among the formats of a bulk request.
    if (id === undefined || others.length > 0) throw unsupportedType();
    return jsonReply(200, change(id, readJson(request.body.toString())));
  }
  const results = readEntries(request, path, type).map(({ id, body }) =>
    itemResult(id, () => ({ status: 200, body: change(id, body) })),
  );
  return multiStatus(results, request.headers.accept, (id) => context.wire.uri(id));
}

function readEntries(request: EmulatorRequest, path: string, type: string): readonly BulkEntry[] {
  switch (type) {
    case MULTIPART_JSON_TYPE: {
      const entries = readJson(request.body.toString());
      if (!Array.isArray(entries) || entries.length === 0) throw invalidParameter('body');
      return path === IN_BODY
        ? withOwnIds(entries)
        : withIds(
            path,
            entries.map((entry) => readObject(entry)['body']),
          );
    }
    case MULTIPART_MIXED_TYPE: {
      const boundary = bodyType(request)?.params.get('boundary');
      if (!boundary || path === IN_BODY) throw unsupportedType();
      return withIds(path, multipartBodies(request.body.toString(), boundary).map(readJson));
    }
    default:
      throw unsupportedType();
  }
}

function withOwnIds(entries: readonly unknown[]): readonly BulkEntry[] {
  if (entries.length > MAX_IDS_IN_BODY) throw batchTooLarge('resourceId', MAX_IDS_IN_BODY);
  const resourceIds = entries.map((entry) => (isObject(entry) ? entry['resourceId'] : undefined));
  const ids = checkedIds(resourceIds, 'resourceId', MAX_IDS_IN_BODY);
  return ids.map((id, index) => ({ id, body: readObject(entries[index])['body'] }));
}

/** Bodies belong to the ids of the path by their order. */
function withIds(path: string, bodies: readonly unknown[]): readonly BulkEntry[] {
  const ids = idsInPath(path);
  if (ids.length !== bodies.length) throw invalidParameter('body');
  return ids.map((id, index) => ({ id, body: bodies[index] }));
}

function readReadStatus(value: unknown): ReadStatus {
  const status = READ_STATUSES.find((known) => known === value);
  if (!status) throw invalidParameter('readStatus', typeof value === 'string' ? value : undefined);
  return status;
}
