import * as vscode from 'vscode';

/** Runs `task` under a notification with progress; its Cancel button aborts the signal. */
export function withCancellableProgress<T>(
  title: string,
  task: (
    signal: AbortSignal,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
  ) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const cancel = new AbortController();
    const subscription = token.onCancellationRequested(() => cancel.abort());
    try {
      return await task(cancel.signal, progress);
    } finally {
      subscription.dispose();
    }
  });
}
