import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { listText, sentencesText } from '../display/language';
import { furtherDetails, partyText } from '../display/messageText';
import { UserError } from '../display/userError';
import { askForText, showInformation, showWarning } from '../display/window';
import { Command, Setting } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { callLink, replyLink, type OpenWith } from '../mailbox/deepLinks';
import { dialableNumber, dialableParty, messageOfParty, type DialableParty } from '../mailbox/dialable';
import { readUserSetting } from '../settings';
import type { MailboxViews } from '../tree/mailboxViews';
import { isNode, type Node } from '../tree/nodes';
import type { Subject } from '../viewers/subject';
import type { Viewers } from '../viewers/viewers';
import type { CommandRegistry } from './commandRegistry';
import { messagesOf } from './messageCommands';
import { namedTargets, pickMessage } from './targets';

/** Replying to the other side of a message, and calling it: RingCentral's app goes on from there. */
export function registerReplyCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  viewers: Pick<Viewers, 'activeSubject'>,
): void {
  /**
   * Whom a command was called for, by a page or a row. From the palette it is the other side of what the active tab shows, else of
   * the row that is selected. If that can't be called, the user picks. Undefined if the choice was dismissed.
   */
  const dialableOf = async (args: readonly unknown[], title: string): Promise<DialableParty | undefined> => {
    const named = namedTargets(args, accounts);
    if (named) {
      const [target] = named;
      if (!target) throw new UserError(vscode.l10n.t('This message is no longer in the mailbox.'));
      return dialableOrTell(partyOf(target.account, messagesOf(target)[0]));
    }
    const [row] = args;
    if (isNode(row)) return dialableOrTell(partyOf(row.account, messageOfNode(row)));
    const subject = viewers.activeSubject;
    const party = subject ? partyOfSubject(subject, accounts) : partyOfSelection(views);
    if (party) return party;
    const account = [accounts.current, ...accounts.all].find((each) => each?.server === 'production');
    if (!account) return dialableOrTell(undefined);
    const picked = await pickMessage(title, accounts, views, {
      view: 'messages',
      account,
      applies: (message) => dialableNumber(account, message) !== undefined,
    });
    return picked && dialableParty(picked.account, picked.message);
  };

  commands.registerForRows(Command.Reply, async (...args) => {
    const dialable = await dialableOf(args, vscode.l10n.t('Reply'));
    if (dialable) await reply(dialable, openWith());
  });

  commands.registerForRows(Command.Call, async (...args) => {
    const dialable = await dialableOf(args, vscode.l10n.t('Call'));
    if (dialable) await call(dialable, openWith());
  });
}

/** Of the user's settings alone: a workspace must have no say in where numbers go. */
function openWith(): OpenWith {
  return readUserSetting(Setting.OpenWith);
}

/** The message whose other side a row stands for. */
function messageOfNode(node: Node): Message | undefined {
  switch (node.kind) {
    case 'message':
      return node.message;
    case 'group':
      return messageOfParty(node.group);
    default:
      return undefined;
  }
}

function partyOf(account: Account, message: Message | undefined): DialableParty | undefined {
  return message && dialableParty(account, message);
}

function partyOfSubject(subject: Subject, accounts: Accounts): DialableParty | undefined {
  const account = accounts.get(subject.accountId);
  return account && partyOf(account, subject.message());
}

function partyOfSelection(views: MailboxViews): DialableParty | undefined {
  const [selected, ...others] = views.selectionIn('messages');
  return selected && others.length === 0 ? partyOf(selected.account, messageOfNode(selected)) : undefined;
}

function dialableOrTell(party: DialableParty | undefined): DialableParty | undefined {
  if (!party)
    void showInformation(vscode.l10n.t('There is no phone number here that can be texted or called.'));
  return party;
}

async function reply({ party, number }: DialableParty, app: OpenWith): Promise<void> {
  const text = await askForText({
    title: vscode.l10n.t('Text Message to {0}', nameAndNumber(party)),
    prompt: continueText(app),
    placeHolder: vscode.l10n.t('Message (optional)'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      app !== 'web' || value === '' || replyLink(app, number, value).hasText
        ? undefined
        : {
            message: vscode.l10n.t(
              'This text is too long to be filled in. It is copied to the clipboard, for you to paste.',
            ),
            severity: vscode.InputBoxValidationSeverity.Info,
          },
  });
  if (text === undefined) return;
  const { address, hasText } = replyLink(app, number, text);
  const isCopied = text !== '' && !hasText;
  // Before the app comes to the front, so that the text can be pasted there at once.
  if (isCopied) await vscode.env.clipboard.writeText(text);
  if (await openAddress(address)) {
    if (isCopied)
      void showInformation(
        vscode.l10n.t('Your text is on the clipboard. Paste it into the message to {0}.', partyText(party)),
      );
    return;
  }
  if (isCopied) {
    await offerOtherApp(
      sentencesText([notOpenedText('reply', app), vscode.l10n.t('Your text is on the clipboard.')]),
    );
  } else if (text !== '') {
    await offerOtherApp(notOpenedText('reply', app), { label: vscode.l10n.t('Copy Text'), text });
  } else if (app !== 'web') {
    await offerOtherApp(notOpenedText('reply', app), { label: vscode.l10n.t('Copy Number'), text: number });
  }
}

async function call({ number }: DialableParty, app: OpenWith): Promise<void> {
  // VS Code asks before it opens the browser: whoever has just said no there knows.
  if ((await openAddress(callLink(app, number))) || app === 'web') return;
  await offerOtherApp(notOpenedText('call', app), { label: vscode.l10n.t('Copy Number'), text: number });
}

/**
 * As a Uri the address would lose its percent-encoding on the way (`%2B` would become `+`, which stands for a space there); the
 * extension host takes text as well, and keeps it as it is.
 * @returns false if nothing on this computer opens it, or the user did not want that
 */
async function openAddress(address: string): Promise<boolean> {
  return vscode.env.openExternal(address as unknown as vscode.Uri);
}

/** What the user may copy instead. */
interface Copy {
  readonly label: string;
  readonly text: string;
}

async function offerOtherApp(sentence: string, copy?: Copy): Promise<void> {
  const settings = vscode.l10n.t('Choose Another App');
  const chosen = await showWarning(sentence, ...(copy ? [copy.label] : []), settings);
  if (copy && chosen === copy.label) await vscode.env.clipboard.writeText(copy.text);
  if (chosen === settings)
    await vscode.commands.executeCommand('workbench.action.openSettings', Setting.OpenWith);
}

function nameAndNumber(party: DialableParty['party']): string {
  return listText([partyText(party), ...furtherDetails({ ...party, location: '' })]);
}

function continueText(app: OpenWith): string {
  switch (app) {
    case 'web':
      return vscode.l10n.t('Continue in RingCentral in your browser, where you send the message.');
    case 'app':
      return vscode.l10n.t(
        'Continue in the RingCentral app, where you send the message. Your text is copied to the clipboard, for you to paste.',
      );
    case 'system':
      return vscode.l10n.t(
        'Continue in the app for text messages, where you send the message. Your text is copied to the clipboard, for you to paste.',
      );
  }
}

function notOpenedText(what: 'reply' | 'call', app: OpenWith): string {
  switch (app) {
    case 'web':
      return vscode.l10n.t("RingCentral wasn't opened in your browser.");
    case 'app':
      return vscode.l10n.t("The RingCentral app couldn't be opened.");
    case 'system':
      return what === 'reply'
        ? vscode.l10n.t('No app for text messages could be opened.')
        : vscode.l10n.t('No app for calls could be opened.');
  }
}
