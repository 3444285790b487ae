import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { showInformation, showWarning } from '../display/window';
import { Command, Setting, View } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { isConversational } from '../mailbox/message';
import { readSetting, writeUserSetting } from '../settings';
import type { Disposable } from '../util/disposable';
import type { Claims } from './claims';
import { isNotified } from './importance';
import { NewMessages, type NewMessageBatch } from './newMessages';
import { contentText, failedText, receivedText, type TextOptions } from './notificationText';
import { quietUntil } from './quietHours';

export interface NotificationsOptions {
  readonly accounts: Accounts;
  readonly claims: Claims;
  /** Whether a tab in front shows the message. */
  readonly isShowing: (accountId: string, message: Message) => boolean;
  readonly warn: (line: string) => void;
  /** Milliseconds; `GATHERING` by default. */
  readonly gathering?: number;
}

/** Shows notifications of new messages, and of messages that were not sent, as the settings want it. */
export class Notifications implements Disposable {
  readonly #newMessages: NewMessages;

  constructor(private readonly options: NotificationsOptions) {
    const { accounts, claims, isShowing, warn, gathering } = options;
    this.#newMessages = new NewMessages({
      accounts,
      claims,
      isFocused: () => vscode.window.state.focused,
      // A tab in a window that nobody works in may be out of sight.
      isShowing: (accountId, message) => vscode.window.state.focused && isShowing(accountId, message),
      quietUntil: (now) => quietUntil(readSetting(Setting.NotificationsQuietHours), now),
      tell: (batch) => this.#tell(batch),
      warn,
      ...(gathering !== undefined && { gathering }),
    });
  }

  dispose(): void {
    this.#newMessages.dispose();
  }

  #tell({ account, received, failed }: NewMessageBatch): void {
    const mode = readSetting(Setting.NotificationsMode);
    if (mode === 'off') return;
    const wanted = received.filter((message) => isNotified(message, mode));
    const options: TextOptions = {
      account: this.options.accounts.all.length > 1 ? account : undefined,
      textOf: readSetting(Setting.NotificationsShowText)
        ? (message) => contentText(message, account)
        : undefined,
    };
    // How long one stays there must not hold up the other.
    if (wanted.length > 0) void this.#showReceived(account, wanted, receivedText(wanted, options));
    if (failed.length > 0) void this.#showFailed(account, failed, failedText(failed, options));
  }

  async #showReceived(account: Account, messages: readonly Message[], text: string): Promise<void> {
    const open = vscode.l10n.t('Open');
    const markRead = vscode.l10n.t('Mark as Read');
    const dontShow = vscode.l10n.t("Don't Show Again");
    switch (await showInformation(text, open, markRead, dontShow)) {
      case open:
        return openMessages(account, messages);
      case markRead:
        await vscode.commands.executeCommand(Command.MarkRead, named(account, messages));
        return;
      case dontShow:
        return this.#turnOff();
      case undefined:
    }
  }

  async #showFailed(account: Account, messages: readonly Message[], text: string): Promise<void> {
    const open = vscode.l10n.t('Open');
    const dontShow = vscode.l10n.t("Don't Show Again");
    switch (await showWarning(text, open, dontShow)) {
      case open:
        return openMessages(account, messages);
      case dontShow:
        return this.#turnOff();
      case undefined:
    }
  }

  async #turnOff(): Promise<void> {
    try {
      await writeUserSetting(Setting.NotificationsMode, 'off');
    } catch (error) {
      // An organization's policy has the last word, and a settings file may be one that cannot be written.
      this.options.warn(`The setting could not be changed. ${String(error)}`);
      await this.#offerSettings(
        vscode.l10n.t(
          "Notifications couldn't be turned off. Change the setting {0}.",
          Setting.NotificationsMode,
        ),
      );
      return;
    }
    await this.#offerSettings(
      vscode.l10n.t(
        'Notifications of new messages are off. To turn them on again, change the setting {0}.',
        Setting.NotificationsMode,
      ),
    );
  }

  async #offerSettings(text: string): Promise<void> {
    const openSettings = vscode.l10n.t('Open Settings');
    if ((await showInformation(text, openSettings)) === openSettings)
      await vscode.commands.executeCommand('workbench.action.openSettings', Setting.NotificationsMode);
  }
}

/** Opens the message, or the conversation of all of them; else the view has their rows. */
async function openMessages(account: Account, messages: readonly Message[]): Promise<void> {
  const [newest] = messages;
  if (newest && (messages.length === 1 || isOneConversation(messages))) {
    await vscode.commands.executeCommand(Command.Open, named(account, [newest]));
  } else {
    await vscode.commands.executeCommand(`${View.Messages}.focus`);
  }
}

function isOneConversation(messages: readonly Message[]): boolean {
  const [first] = messages;
  return messages.every(
    (message) =>
      isConversational(message) &&
      message.conversationId !== undefined &&
      message.conversationId === first?.conversationId,
  );
}

/** As commands take messages where there are no rows for them. */
function named(
  { id }: Account,
  messages: readonly Message[],
): { readonly accountId: string; readonly messageIds: readonly string[] } {
  return { accountId: id, messageIds: messages.map((message) => message.id) };
}
