import * as vscode from 'vscode';
import { numberText, sentencesText } from '../display/language';
import { isMailboxError } from '../api/errors';
import { describeError } from '../display/describeError';
import { showError, showInformation } from '../display/window';
import { Command } from '../ids';
import { fileName, type SaveOutcome } from './saveAll';

/**
 * Says what became of attachments that were to be saved, and offers what one may want next.
 * @param place the file, or the folder if there were several
 */
export function reportSaved(
  outcome: SaveOutcome,
  place: string,
  log: vscode.LogOutputChannel,
  tryAgain: () => Promise<void>,
): void {
  const { unsaved, error } = outcome;
  if (unsaved.length === 0) reportSuccess(outcome, place);
  else if (isMailboxError(error, 'cancelled')) reportCancelled(outcome);
  else {
    log.error(`Attachments could not be saved. ${String(error)}`);
    const again = vscode.l10n.t('Try Again');
    const signIn = vscode.l10n.t('Sign In Again');
    const actions = isMailboxError(error, 'signInRequired') ? [signIn, again] : [again];
    void showError(sentencesText([failureText(outcome, place), describeError(error)]), ...actions).then(
      (chosen) => {
        if (chosen === again) return tryAgain();
        if (chosen === signIn) return vscode.commands.executeCommand(Command.SignInAgain);
        return undefined;
      },
    );
  }
}

function failureText({ saved, unsaved }: SaveOutcome, place: string): string {
  const total = saved.length + unsaved.length;
  const [only] = unsaved;
  if (total === 1 || !only) return vscode.l10n.t("Couldn't save {0}.", place);
  return unsaved.length === 1
    ? vscode.l10n.t(
        'Saved {0} of {1} attachments, but not {2}.',
        numberText(saved.length),
        numberText(total),
        fileName(only),
      )
    : vscode.l10n.t('Saved {0} of {1} attachments.', numberText(saved.length), numberText(total));
}

function reportSuccess({ saved }: SaveOutcome, place: string): void {
  const [only] = saved;
  if (!only) return;
  if (saved.length > 1) {
    const text = vscode.l10n.t('Saved {0} attachments to {1}.', numberText(saved.length), place);
    void showInformation(text);
    return;
  }
  const open = vscode.l10n.t('Open Externally');
  void showInformation(vscode.l10n.t('Saved {0}.', fileName(only)), open).then((answer) =>
    answer === open ? vscode.env.openExternal(only.target) : undefined,
  );
}

/** The one that was cancelled left nothing behind; those before it are whole, and stay. */
function reportCancelled({ saved, unsaved }: SaveOutcome): void {
  if (saved.length === 0) return;
  const total = saved.length + unsaved.length;
  const text = vscode.l10n.t(
    'Canceled. Saved {0} of {1} attachments.',
    numberText(saved.length),
    numberText(total),
  );
  void showInformation(text);
}
