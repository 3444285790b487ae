import * as vscode from 'vscode';
import { plural, sentencesText } from '../display/language';
import { isMailboxError, SignInRequiredError } from '../api/errors';
import { signInProblem } from '../api/signInProblem';
import { describeError } from '../display/describeError';
import { signInProblemText } from '../display/signInProblemText';
import { monthOf } from '../display/relativeTime';
import type { Account } from '../mailbox/accounts';

/** What is to be said of an account beside its messages; undefined while all is well. */
export function accountStateText(account: Account): string | undefined {
  const { mailbox } = account;
  const waiting = waitingText(mailbox.waitingCount);
  if (account.isSignInRequired) {
    const { signInRefusal } = account;
    const problem = signInRefusal instanceof SignInRequiredError ? signInProblem(signInRefusal) : undefined;
    const reason = problem ? signInProblemText(problem) : '';
    return sentencesText([vscode.l10n.t('Your sign-in is no longer valid.'), reason, waiting]);
  }
  const { state, online } = mailbox;
  if (state.kind === 'failed' && !isMailboxError(state.error, 'cancelled')) {
    return sentencesText([describeError(state.error), waiting]);
  }
  if (!online)
    return sentencesText([vscode.l10n.t('Offline. Showing messages stored on this computer.'), waiting]);
  switch (state.kind) {
    case 'failed':
      return undefined;
    case 'loading':
      return vscode.l10n.t('Loading messages…');
    case 'ready':
      if (mailbox.store.hasDelay)
        return sentencesText([waiting, vscode.l10n.t('Run Show Pending Changes… to see why.')]);
      return state.backfill && loadingText(state.backfill.oldest);
  }
}

function loadingText(oldest: number | undefined): string {
  return oldest === undefined
    ? vscode.l10n.t('Loading older messages…')
    : vscode.l10n.t('Loading older messages (back to {0})…', monthOf(oldest));
}

function waitingText(count: number): string {
  if (count === 0) return '';
  return plural(count, {
    one: (number) => vscode.l10n.t('{0} change is waiting to be sent.', number),
    other: (number) => vscode.l10n.t('{0} changes are waiting to be sent.', number),
  });
}
