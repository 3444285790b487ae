/** The server caps larger pages at this. */
export const MAX_RECORDS_PER_PAGE = 1000;

/** Of `updateMessage` and `patchMessage`, whose ids are in the body. */
export const MAX_CHANGED_IDS_PER_REQUEST = 1000;

/** Of `readMessage`, whose ids are in the path. */
export const MAX_READ_IDS_PER_REQUEST = 50;

/** Of `deleteMessage`, whose ids are in the path and nowhere else. */
export const MAX_DELETED_IDS_PER_REQUEST = 50;
