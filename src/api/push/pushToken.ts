import { ResponseFormatError } from '../errors';
import { readJson } from '../jsonBody';
import { recordOf, textOf } from '../lenient';
import { WEB_SOCKET_TOKEN } from '../paths';
import type { Transport } from '../transport';

export interface PushToken {
  /** Where to connect. */
  readonly uri: string;
  /** Opens one connection, within 30 seconds. */
  readonly token: string;
}

/** `POST /restapi/oauth/wstoken`. Throws as `Transport.send` does. */
export async function requestPushToken(transport: Transport, signal?: AbortSignal): Promise<PushToken> {
  const answer = await transport.send(
    { operation: 'createWebSocketToken', method: 'POST', uri: WEB_SOCKET_TOKEN },
    readJson,
    signal,
  );
  const { uri, ws_access_token: token } = recordOf(answer);
  const pushToken = { uri: textOf(uri), token: textOf(token) };
  if (pushToken.uri === undefined || pushToken.token === undefined) {
    throw new ResponseFormatError('The answer has no WebSocket token');
  }
  return { uri: pushToken.uri, token: pushToken.token };
}
