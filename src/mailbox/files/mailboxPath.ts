import { isMessageId } from '../../api/messageId';
import type { Message } from '../../api/schema';
import { privateName } from '../../storage/privateName';
import type { Account } from '../accounts';
import { safeFileName } from '../safeFileName';
import { creationTime, otherParties, partyName, partyNumber } from '../message';
import { folderOf } from './folders';
import { monthOf } from './months';

/*
 * Messages as files: /account/folder/month/message/file, for example
 *   /Ada Park · 101 #3f9a2c1b/Voicemail/2026-06/2026-06-17 0930 Ben Lind (650) 555-0101 #1724099000001/recording.mp3
 * What stands behind # tells which account or message it is; what stands before it is for people, and may be out of date.
 */

/** What a path names, as far as the path itself tells. */
export type ParsedPath =
  | { readonly kind: 'root' }
  | { readonly kind: 'account'; readonly accountKey: string }
  | { readonly kind: 'folder'; readonly accountKey: string; readonly folder: string }
  | { readonly kind: 'month'; readonly accountKey: string; readonly folder: string; readonly month: string }
  | { readonly kind: 'message'; readonly accountKey: string; readonly messageId: string }
  | {
      readonly kind: 'file';
      readonly accountKey: string;
      readonly messageId: string;
      readonly name: string;
    };

type Named = Pick<Account, 'id' | 'label'>;

/** UTF-16 units of names of people, so that a path is not too long for any system. */
const NAME_LENGTH = 60;

/** Undefined for a path that is of nothing, whatever there is in the mailboxes. */
export function parsePath(path: string): ParsedPath | undefined {
  const [account, folder, month, message, name, ...others] = path.split('/').filter(Boolean);
  if (account === undefined) return { kind: 'root' };
  const accountKey = /#([\da-f]{8})$/.exec(account)?.[1];
  if (accountKey === undefined || others.length > 0) return undefined;
  if (folder === undefined) return { kind: 'account', accountKey };
  if (month === undefined) return { kind: 'folder', accountKey, folder };
  if (message === undefined) return { kind: 'month', accountKey, folder, month };
  const messageId = /#(\d+)$/.exec(message)?.[1];
  if (!isMessageId(messageId)) return undefined;
  return name === undefined
    ? { kind: 'message', accountKey, messageId }
    : { kind: 'file', accountKey, messageId, name };
}

/** What stands for an account in paths. */
export function accountKeyOf({ id }: Pick<Account, 'id'>): string {
  return privateName(id).slice(0, 8);
}

export function accountName(account: Named): string {
  return `${readable(account.label)} #${accountKeyOf(account)}`.trim();
}

export function accountPath(account: Named): string {
  return `/${accountName(account)}`;
}

export function messageName(message: Message): string {
  return [whenText(creationTime(message)), whoText(message), `#${message.id}`].filter(Boolean).join(' ');
}

export function messagePath(account: Named, message: Message): string {
  return [accountPath(account), folderOf(message), monthOf(creationTime(message)), messageName(message)].join(
    '/',
  );
}

/** @param name of a file of the message, see `messageFiles` */
export function filePath(account: Named, message: Message, name: string): string {
  return `${messagePath(account, message)}/${name}`;
}

function whoText(message: Message): string {
  const [first, ...others] = otherParties(message);
  if (!first) return '';
  const name = partyName(first);
  // A placeholder follows the number.
  const names = name.startsWith(partyNumber(first)) ? [name] : [name, partyNumber(first)];
  const rest = others.length > 0 ? `+${others.length}` : '';
  return readable([...new Set(names), rest].filter(Boolean).join(' '));
}

function readable(text: string): string {
  return safeFileName(text, NAME_LENGTH).trim();
}

/** Day and minute of this machine's time zone, so that names sort by time; empty if it is not known. */
function whenText(time: number): string {
  if (time === 0) return '';
  const date = new Date(time);
  const [month, day, hours, minutes] = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ].map((number) => String(number).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day} ${hours}${minutes}`;
}
