import * as vscode from 'vscode';
import type { CurrentMailbox } from './mailbox/currentMailbox';

/** Milliseconds. Well within the server's 50 light requests a minute, even with many windows. */
const INTERVAL = 60_000;

/** Synchronizes while the window has the focus, and when it gets it back; a window nobody looks at stays quiet. */
export class AutoRefresh implements vscode.Disposable {
  readonly #following: vscode.Disposable;
  readonly #timer: NodeJS.Timeout;
  #last = Date.now();

  constructor(
    private readonly current: CurrentMailbox,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#following = vscode.window.onDidChangeWindowState(() => this.#tick());
    this.#timer = setInterval(() => this.#tick(), INTERVAL / 4);
  }

  dispose(): void {
    this.#following.dispose();
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { mailbox } = this.current;
    if (!mailbox || !vscode.window.state.focused || Date.now() - this.#last < INTERVAL) return;
    this.#last = Date.now();
    mailbox.refresh().catch((error: unknown) => this.log.warn(`Automatic refresh failed. ${String(error)}`));
  }
}
