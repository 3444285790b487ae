/** The server caps larger pages at this. */
export const MAX_RECORDS_PER_PAGE = 1000;

/** Of `updateMessage`, `patchMessage` and `deleteMessage`, whose ids can be in the body. */
export const MAX_IDS_PER_REQUEST = 1000;

/** Of `readMessage`, whose ids are in the path. */
export const MAX_READ_IDS_PER_REQUEST = 50;

/** Of `deleteMessageByFilter`. */
export const MAX_CONVERSATION_IDS_PER_REQUEST = 100;

/** How many ids the path or the query may hold. */
export const MAX_IDS_PER_URL = 50;
