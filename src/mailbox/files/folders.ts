import type { Message, MessageType } from '../../api/schema';
import { safeFileName } from '../safeFileName';
import { type MessageQuery, NO_FILTER } from '../query';
import { lookUp } from '../../util/lookUp';
import type { MessageStore } from '../store/messageStore';

/** Not translated: a path must be the same for everybody. */
const NAMES: Readonly<Record<string, string>> = {
  VoiceMail: 'Voicemail',
  Fax: 'Faxes',
  SMS: 'Text Messages',
  Pager: 'Pager Messages',
  Text: 'Internal Texts',
  '': 'Other Messages',
};

const DELETED = 'Deleted';

/** More types than there will ever be. */
const ALL_TYPES = { offset: 0, limit: 1_000 };

/** The folder that a message is in. */
export function folderOf(message: Message): string {
  return message.availability === 'Deleted' ? DELETED : folderName(message.type ?? '');
}

/** The messages of a folder; undefined if there is none of this name. */
export function folderQuery(store: MessageStore, folder: string): MessageQuery | undefined {
  if (folder === DELETED) return { availability: 'Deleted', filter: NO_FILTER };
  const type =
    Object.keys(NAMES).find((known) => NAMES[known] === folder) ??
    typesIn(store).find((each) => folderName(each) === folder);
  return type === undefined ? undefined : { availability: 'Alive', filter: { types: [type] } };
}

/** The folders in which there is anything. */
export function foldersIn(store: MessageStore): string[] {
  const folders = typesIn(store).map(folderName);
  const deleted = store.tally({ availability: 'Deleted', filter: NO_FILTER }).total;
  return deleted > 0 ? [...folders, DELETED] : folders;
}

function typesIn(store: MessageStore): MessageType[] {
  return store
    .groups({ availability: 'Alive', filter: NO_FILTER }, 'type', ALL_TYPES)
    .map(({ newest }) => newest.type ?? '');
}

/** A type that the server adds later goes by its own name. */
function folderName(type: MessageType): string {
  return lookUp(NAMES, type) ?? (safeFileName(type) || NAMES[''] || type);
}
