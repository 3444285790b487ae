import * as vscode from 'vscode';
import type { Wait } from '../api/transport';
import { showStatus } from '../display/window';

/** Milliseconds that pass for slowness; a longer wait has to be explained. */
const UNNOTICED = 1_000;

/** Says in the status bar why nothing seems to happen. Many requests may wait for the same reason: it is said once. */
export class WaitNotice implements vscode.Disposable {
  #shown: vscode.Disposable | undefined;
  #until = 0;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  tell({ reason, milliseconds }: Wait): void {
    const end = performance.now() + milliseconds;
    if (milliseconds < UNNOTICED || end <= this.#until) return;
    this.#until = end;
    const seconds = Math.ceil(milliseconds / 1000);
    const text =
      reason === 'rateLimit'
        ? vscode.l10n.t('Rate limit reached. Trying again in {0} s.', seconds)
        : vscode.l10n.t('RingCentral is temporarily unavailable. Trying again in {0} s.', seconds);
    this.log.info(text);
    this.#shown?.dispose();
    this.#shown = showStatus('watch', text, milliseconds);
  }

  dispose(): void {
    this.#shown?.dispose();
  }
}
