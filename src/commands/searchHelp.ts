import * as vscode from 'vscode';
import { encodedItem, type EncodedItem } from '../display/window';

/** An example of the query language; choosing it puts it into the box. */
export interface ExampleItem extends EncodedItem {
  readonly example: string;
}

/** What can be searched by, one of each kind. */
export function exampleItems(): ExampleItem[] {
  const examples: readonly (readonly [string, string])[] = [
    [
      'lease',
      vscode.l10n.t('a word or the start of one, in texts, transcriptions, names, numbers, and file names'),
    ],
    ['"lunch menu"', vscode.l10n.t('an exact phrase')],
    ['from:ada', vscode.l10n.t('from someone, by name or number')],
    ['to:5550101', vscode.l10n.t('to someone, by name or number')],
    ['type:fax', vscode.l10n.t('voicemail, fax, sms, mms, text, or pager')],
    [
      'is:unread',
      vscode.l10n.t(
        'unread, read, received, sent, urgent, failed, or latest (the newest of each conversation)',
      ),
    ],
    ['has:attachment', vscode.l10n.t('with an attachment')],
    ['after:7d', vscode.l10n.t('since a date: 2026-06-17, 2026-06, today, yesterday, 7d, 2w, 3m, or 1y')],
    ['before:2026-06', vscode.l10n.t('before a day, month, or year')],
    ['on:yesterday', vscode.l10n.t('on a day or in a month or year')],
    ['number:"(650) 555-0101"', vscode.l10n.t('from or to a number, in any format')],
    ['owner:shared', vscode.l10n.t('shared messages; owner:me finds your own')],
    ['in:deleted', vscode.l10n.t('deleted messages')],
  ];
  return examples.map(([example, meaning]) =>
    encodedItem({ label: example, description: meaning, alwaysShow: true, example }),
  );
}
