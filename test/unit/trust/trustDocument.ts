import { WrittenDocument } from '../../builders/writtenDocument';

/** What may be relied on, and what the tests in this folder see. */
export const trustDocument = new WrittenDocument('docs/trust.md', 'trust');

/** What is asked of the server, and what becomes of it. */
export const serverDocument = new WrittenDocument('docs/server.md', 'trust');
