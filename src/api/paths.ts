/** `~` stands for the account and the extension that the access token belongs to. */
const ACCOUNT = '/restapi/v1.0/account/~';

export const EXTENSION = `${ACCOUNT}/extension/~`;
export const FEATURES = `${EXTENSION}/features`;
export const SHARED_SMS = `${EXTENSION}/shared-sms`;
export const MESSAGE_STORE = `${EXTENSION}/message-store`;
export const MESSAGE_SYNC = `${EXTENSION}/message-sync`;
export const MESSAGE_STORE_CONFIGURATION = `${ACCOUNT}/message-store-configuration`;
export const SUBSCRIPTION = '/restapi/v1.0/subscription/';
export const WEB_SOCKET_TOKEN = '/restapi/oauth/wstoken';
