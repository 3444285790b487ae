import * as vscode from 'vscode';
import { isMailboxError } from '../api/errors';
import { describeError } from '../display/describeError';
import { listText, numberText } from '../display/language';
import { andOthers, otherSideText, previewText } from '../display/messageText';
import { showError, showStatus, showWarning, withCancellableProgress } from '../display/window';
import { Command } from '../ids';
import { isOutageOfAll } from '../mailbox/outbox/verdict';
import type { ActionOptions, ActionOutcome } from '../mailbox/mailboxActions';

/** Below this an action is one quick request, and a progress notification would only flicker. */
const PROGRESS_FROM = 200;

/** How many of the messages that failed are named. */
const NAMED_FAILURES = 3;

/** Runs an action on `count` messages, with progress and cancel when there are many. */
export async function runAction(
  title: string,
  count: number,
  action: (options: ActionOptions) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  if (count < PROGRESS_FROM) return action({});
  return withCancellableProgress(title, (signal, progress) => {
    let reported = 0;
    const onProgress = (done: number, total: number): void => {
      progress.report({
        increment: ((done - reported) / total) * 100,
        message: vscode.l10n.t('{0} of {1}', numberText(done), numberText(total)),
      });
      reported = done;
    };
    return action({ signal, onProgress });
  });
}

/** Milliseconds. */
const NOTICE_DURATION = 8_000;

/** Says what an action did not do, and why, or that it will be done later. Says nothing if all went well. */
export function reportOutcome(outcome: ActionOutcome, log: vscode.LogOutputChannel): void {
  reportFailures(outcome, log);
  if (outcome.waiting.length === 0) return;
  if (outcome.delay !== undefined && !isOutageOfAll(outcome.delay)) {
    const pending = vscode.l10n.t('Pending Changes…');
    void showWarning(describeError(outcome.delay), pending).then((chosen) => {
      if (chosen === pending) void vscode.commands.executeCommand(Command.PendingChanges);
    });
    return;
  }
  const text =
    outcome.waiting.length === 1
      ? vscode.l10n.t('The change will be sent when RingCentral can be reached again.')
      : vscode.l10n.t(
          '{0} changes will be sent when RingCentral can be reached again.',
          numberText(outcome.waiting.length),
        );
  showStatus('sync', text, NOTICE_DURATION);
}

/** Says which messages an action failed for, and why. Says nothing if it failed for none. */
export function reportFailures(
  { changed, failed: all }: Pick<ActionOutcome, 'changed' | 'failed'>,
  log: vscode.LogOutputChannel,
): void {
  // Cut short by signing out, or by closing the window: nobody is waiting for the answer.
  const failed = all.filter(({ error }) => !isMailboxError(error, 'cancelled'));
  const [first] = failed;
  if (!first) return;
  for (const { message, error } of failed) {
    log.error(`Message ${message.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const why = describeError(first.error);
  const names = failed
    .slice(0, NAMED_FAILURES)
    .map(({ message }) => vscode.l10n.t('"{0}" ({1})', previewText(message), otherSideText(message)));
  const rest = failed.length - NAMED_FAILURES;
  const which = rest > 0 ? andOthers(names, rest) : listText(names);
  const text =
    changed.length > 0
      ? vscode.l10n.t(
          "{0} of {1} messages weren't changed: {2}. {3}",
          numberText(failed.length),
          numberText(failed.length + changed.length),
          which,
          why,
        )
      : vscode.l10n.t('Nothing was changed: {0}. {1}', which, why);
  const showLog = vscode.l10n.t('Show Log');
  void showError(text, showLog).then((chosen) => {
    if (chosen === showLog) void vscode.commands.executeCommand(Command.ShowLog);
  });
}
