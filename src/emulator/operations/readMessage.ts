import type { EmulatorContext } from '../context';
import { isShared } from '../filter';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import { idsInPath } from '../messageIds';
import { itemResult, multiStatus } from '../multiStatus';
import type { StoredMessage } from '../record';
import { resourceNotFound } from '../requestError';

/** `readMessage`: one message, or several, each with a status of its own. */
export function readMessage(request: EmulatorRequest, context: EmulatorContext): Reply {
  const ids = idsInPath(request.params['messageId'] ?? '');
  const [id] = ids;
  if (id !== undefined && ids.length === 1)
    return jsonReply(200, context.wire.single(findMessage(id, context)));
  const results = ids.map((each) =>
    itemResult(each, () => ({ status: 200, body: context.wire.record(findMessage(each, context)) })),
  );
  return multiStatus(results, request.headers.accept, (each) => context.wire.uri(each));
}

/** @throws RequestError 404, also for what others share with an extension that may not see it */
export function findMessage(id: string, context: EmulatorContext): StoredMessage {
  const message = context.mailbox.get(id);
  const isHidden = message && isShared(message) && context.features.available.size === 0;
  if (!message || isHidden) throw resourceNotFound('messageId');
  return message;
}
