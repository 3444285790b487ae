import * as vscode from 'vscode';
import type { HttpClient } from './api/httpClient';
import { MessageStoreApi } from './api/messageStore';
import { Transport } from './api/transport';
import type { MailboxSession, Sessions } from './auth/sessions';
import { describeError } from './display/describeError';
import type { CurrentMailbox } from './mailbox/currentMailbox';
import { View } from './ids';
import { Mailbox } from './mailbox/mailbox';
import { WaitNotice } from './waitNotice';

/** Opens the mailbox of whoever is signed in, and closes it when they sign out. */
export class Connection implements CurrentMailbox, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Mailbox | undefined>();
  readonly #following: vscode.Disposable;
  readonly #waits: WaitNotice;
  #sessionId: string | undefined;
  #mailbox: Mailbox | undefined;

  /** Fires with the mailbox that is current from now on. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly http: HttpClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#waits = new WaitNotice(log);
    this.#following = sessions.onDidChange(() => this.#follow());
    this.#follow();
  }

  get mailbox(): Mailbox | undefined {
    return this.#mailbox;
  }

  dispose(): void {
    this.#following.dispose();
    this.#waits.dispose();
    this.#mailbox?.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    const [session] = this.sessions.all();
    if (session?.id === this.#sessionId) return;
    const former = this.#mailbox;
    this.#sessionId = session?.id;
    this.#mailbox = session && this.#open(session);
    this.#changed.fire(this.#mailbox);
    former?.dispose();
    if (this.#mailbox) void this.#load(this.#mailbox);
  }

  #open({ origins, tokens }: MailboxSession): Mailbox {
    const transport = new Transport(this.http, origins, tokens, { onWait: (wait) => this.#waits.tell(wait) });
    return new Mailbox(new MessageStoreApi(transport));
  }

  /** A view with rows tells of a failure above them; of an empty one, which says what to do, the reason is told beside it. */
  async #load(mailbox: Mailbox): Promise<void> {
    try {
      await vscode.window.withProgress({ location: { viewId: View.Messages } }, () => mailbox.refresh());
    } catch (error) {
      if (mailbox !== this.#mailbox) return;
      this.log.error(`The messages could not be loaded. ${String(error)}`);
      if (mailbox.store.size === 0) void vscode.window.showErrorMessage(describeError(error));
    }
  }
}
