import { SECOND } from '../clock';
import type { EmulatorContext } from '../context';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import type { Session } from '../oauth/sessions';
import { TOKEN_LIFETIME } from '../push/webSocketTokens';

/** `POST /restapi/oauth/wstoken`: where to connect for notifications, and the token that opens the door once. */
export function createWebSocketToken(
  _request: EmulatorRequest,
  { push }: EmulatorContext,
  session: Session,
): Reply {
  return jsonReply(
    200,
    { uri: push.uri, ws_access_token: push.issueToken(session), expires_in: TOKEN_LIFETIME / SECOND },
    { 'cache-control': 'no-store' },
  );
}
