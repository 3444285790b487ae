import * as vscode from 'vscode';
import type { SearchProblem } from '../mailbox/search/searchQuery';
import { encodeLabel } from './encode';
import { textLanguage } from './language';

/** What is wrong with a part of a query, in one sentence that says what could be written instead. */
export function searchProblemText({ kind, key, known }: SearchProblem): string {
  if (kind === 'tooLong') return vscode.l10n.t('The query is too long. Only its beginning is used.');
  const written = `${encodeLabel(key)}:`;
  if (kind === 'unknownKey')
    return vscode.l10n.t('"{0}" isn\'t a filter; searching for it as text.', written);
  switch (key.toLowerCase()) {
    case 'from':
    case 'to':
      return vscode.l10n.t('"{0}" needs a name or a number.', written);
    case 'before':
    case 'after':
    case 'on':
      return vscode.l10n.t('"{0}" needs a date, such as 2026-06-17, 2026-06, yesterday, or 7d.', written);
    case 'number':
      return vscode.l10n.t('"{0}" needs a phone number.', written);
    case 'conversation':
      return vscode.l10n.t('"{0}" needs a conversation ID.', written);
    case 'owner':
      return vscode.l10n.t('"{0}" needs me, shared, or an extension ID.', written);
    default:
      return vscode.l10n.t('"{0}" needs {1}.', written, anyOf(known));
  }
}

function anyOf(values: readonly string[]): string {
  return new Intl.ListFormat(textLanguage(), { type: 'disjunction' }).format(values);
}
