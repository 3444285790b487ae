import * as vscode from 'vscode';
import { numberText, sentencesText } from '../display/language';
import { accountLabel } from '../display/accountLabel';
import { isMailboxError } from '../api/errors';
import { describeError } from '../display/describeError';
import { encodeMarkdownLine } from '../display/encode';
import { typeName } from '../display/messageText';
import { momentText } from '../display/relativeTime';
import { untrustedMarkdown } from '../display/untrustedMarkdown';
import { Command, Setting, View } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { followMailboxes } from '../mailbox/followMailboxes';
import { readSetting } from '../settings';
import { countedAccounts, unreadByType, unreadCount, unreadText } from './unreadCount';

/** Milliseconds in which changes are gathered. */
const DELAY = 50;

/** Milliseconds for which a mailbox has to stay without an update before that is said: shorter outages end by themselves. */
const OUTAGE = 10 * 60_000;

/** Milliseconds between two looks at the clock while a mailbox cannot be updated. */
const CLOCK_INTERVAL = 60_000;

/**
 * The item in the status bar: how many messages are unread, that an account has to be signed in to again, and since when
 * messages are not up to date. Gone while there is nothing to say.
 */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('unread', vscode.StatusBarAlignment.Right);
  readonly #following: vscode.Disposable[];
  /** Since when mailboxes cannot be updated, as far as this window has seen it (ms since the epoch). */
  readonly #failingSince = new Map<Account, number>();
  #timer: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  #isShown = false;

  constructor(private readonly accounts: Accounts) {
    this.#item.name = vscode.l10n.t('Unread RingCentral Messages');
    this.#following = [
      followMailboxes(
        accounts,
        ({ store, onDidChangeState }) => [
          store.onDidChange(() => this.#schedule()),
          onDidChangeState(() => this.#schedule()),
        ],
        () => this.#show(),
      ),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.StatusBar)) this.#show();
      }),
    ];
    this.#show();
  }

  /** What it says; undefined while it is hidden. */
  get text(): string | undefined {
    return this.#isShown ? this.#item.text : undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#clock);
    for (const disposable of this.#following) disposable.dispose();
    this.#item.dispose();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#show(), DELAY);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { all } = this.accounts;
    const now = Date.now();
    this.#followFailures(now);
    const dead = all.filter(({ isSignInRequired }) => isSignInRequired);
    const outdated = all.filter((account) => now - (this.#failingSince.get(account) ?? now) >= OUTAGE);
    const unread = unreadCount(all);
    this.#isShown = readSetting(Setting.StatusBar) && (unread > 0 || dead.length + outdated.length > 0);
    if (!this.#isShown) {
      this.#item.hide();
      return;
    }
    const icon = dead.length > 0 ? 'warning' : outdated.length > 0 ? 'sync-ignored' : 'mail';
    this.#item.text = [`$(${icon})`, unread > 0 ? numberText(unread) : ''].filter(Boolean).join(' ');
    this.#item.backgroundColor =
      dead.length > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.command = commandFor(dead);
    const troubles = [
      ...dead.map((account) => signInText(account)),
      ...outdated.map((account) => this.#outdatedText(account, now)),
    ];
    this.#item.tooltip = hover(all, unread, troubles);
    this.#item.accessibilityInformation = {
      label: sentencesText([...troubles, unreadText(unread)]),
      role: 'button',
    };
    this.#item.show();
  }

  /** An account that has to be signed in to again is told of as such. */
  #followFailures(now: number): void {
    const { all } = this.accounts;
    const failing = new Set(all.filter((account) => !account.isSignInRequired && isFailing(account)));
    for (const account of this.#failingSince.keys())
      if (!failing.has(account)) this.#failingSince.delete(account);
    for (const account of failing) if (!this.#failingSince.has(account)) this.#failingSince.set(account, now);
    clearTimeout(this.#clock);
    this.#clock = failing.size > 0 ? setTimeout(() => this.#show(), CLOCK_INTERVAL) : undefined;
  }

  #outdatedText(account: Account, now: number): string {
    const { state, store } = account.mailbox;
    const since = momentText(store.syncState()?.syncTime ?? this.#failingSince.get(account) ?? now, now);
    const reason =
      state.kind === 'failed' ? describeError(state.error) : vscode.l10n.t("RingCentral can't be reached.");
    return this.accounts.all.length > 1
      ? vscode.l10n.t("{0} hasn't been updated since {1}: {2}", accountLabel(account), since, reason)
      : vscode.l10n.t('Not updated since {0}: {1}', since, reason);
  }
}

function isFailing({ mailbox: { state, online } }: Account): boolean {
  if (state.kind === 'failed') return !isMailboxError(state.error, 'cancelled');
  return !online;
}

/** To sign in again, if that is needed; else to the messages. */
function commandFor(dead: readonly Account[]): string | vscode.Command {
  const [first] = dead;
  if (!first) return `${View.Messages}.focus`;
  return {
    title: vscode.l10n.t('Sign In Again'),
    command: Command.SignInAgain,
    // Of several accounts people choose one.
    ...(dead.length === 1 && { arguments: [first.sessionId] }),
  };
}

function signInText(account: Account): string {
  return vscode.l10n.t(
    'RingCentral no longer accepts the sign-in of {0}. Select to sign in again.',
    accountLabel(account),
  );
}

/** What is wrong, and what is unread, by account and type. */
function hover(
  accounts: readonly Account[],
  unread: number,
  troubles: readonly string[],
): vscode.MarkdownString {
  const markdown = untrustedMarkdown();
  for (const trouble of troubles) markdown.appendMarkdown(`${encodeMarkdownLine(trouble)}\n\n`);
  markdown.appendMarkdown(`**${encodeMarkdownLine(unreadText(unread))}**\n\n`);
  for (const account of countedAccounts(accounts)) {
    const types = unreadByType(account);
    if (types.length === 0) continue;
    const lines = types.map(([type, count]) =>
      encodeMarkdownLine(vscode.l10n.t('{0}: {1}', typeName(type), numberText(count))),
    );
    const name = accounts.length > 1 ? [encodeMarkdownLine(accountLabel(account))] : [];
    markdown.appendMarkdown(`${[...name, ...lines].join('\\\n')}\n\n`);
  }
  return markdown;
}
