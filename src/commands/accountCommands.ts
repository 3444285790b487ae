import * as vscode from 'vscode';
import type { InteractiveSignIn } from '../auth/interactiveSignIn';
import type { KeptMessages, MailboxSession, Sessions } from '../auth/sessions';
import type { SignIn } from '../auth/signIn';
import { askForBrowserSignIn, askForJwtCredential, askHowToSignIn } from '../auth/signInSteps';
import { accountLabel } from '../display/accountLabel';
import { listText } from '../display/language';
import { ask, pickOne } from '../display/window';
import { Command } from '../ids';
import { isNode } from '../tree/nodes';
import type { CommandRegistry } from './commandRegistry';

/**
 * Signing in and out. Signing out, and signing in again, take the id of a session or the row of an account; without one
 * the user chooses, where there is a choice.
 */
export function registerAccountCommands(
  commands: CommandRegistry,
  sessions: Sessions,
  interactive: InteractiveSignIn,
): void {
  const signIn = async (ask: () => Promise<SignIn | undefined>): Promise<void> => {
    const how = await ask();
    if (how) await interactive.signIn(how);
  };

  commands.register(Command.SignIn, () => signIn(askHowToSignIn));
  commands.register(Command.SignInWithSample, () => signIn(() => Promise.resolve({ kind: 'sample' })));
  commands.register(Command.SignInWithBrowser, () => signIn(askForBrowserSignIn));
  commands.register(Command.SignInWithJwt, () => signIn(askForJwtCredential));
  commands.register(Command.ReturnByLocalAddress, () => interactive.returnByLoopback());

  commands.register(Command.SignInAgain, async (sessionId) => {
    const dead = sessions.all().filter(({ isSignInRequired }) => isSignInRequired);
    const session = await chosen(
      sessions,
      sessionId,
      dead,
      vscode.l10n.t('Which account do you want to sign in to again?'),
    );
    if (session) await signIn(() => askAgain(sessions.signInOf(session.id)));
  });

  const signOut = async (sessionId: unknown): Promise<void> => {
    const session = await chosen(
      sessions,
      sessionId,
      sessions.all(),
      vscode.l10n.t('Which account do you want to sign out of?'),
    );
    if (!session) return;
    const answer = await askToSignOut(
      vscode.l10n.t('Sign out of {0}?', accountLabel(session)),
      !session.sample,
    );
    if (answer) await sessions.signOut(session.id, answer);
  };
  commands.register(Command.SignOut, signOut);
  commands.register(Command.SignOutOfAccount, signOut);

  commands.register(Command.SignOutAll, async () => {
    const all = sessions.all();
    if (all.length === 0) return;
    const names = listText(all.map(accountLabel));
    const question = vscode.l10n.t('Sign out of all accounts ({0})?', names);
    const answer = await askToSignOut(
      question,
      all.some(({ sample }) => !sample),
    );
    if (answer) await sessions.signOutAll(answer);
  });
}

/** The session with the id given, or of the row; else the only candidate, or the one that the user picks. */
async function chosen(
  sessions: Sessions,
  target: unknown,
  candidates: readonly MailboxSession[],
  question: string,
): Promise<MailboxSession | undefined> {
  if (typeof target === 'string') return sessions.get(target);
  if (isNode(target)) return sessions.get(target.account.sessionId);
  if (candidates.length < 2) return candidates[0];
  const items = candidates.map((session) => ({
    label: accountLabel(session),
    description: session.sample ? '' : new URL(session.origins.rest).host,
    session,
  }));
  return (await pickOne(items, { placeHolder: question }))?.session;
}

/** A JWT that was refused is to be entered anew; the browser asks by itself. */
async function askAgain(how: SignIn | undefined): Promise<SignIn | undefined> {
  return how?.kind === 'jwt' ? askForJwtCredential(how) : how;
}

/** Undefined if the user does not want to after all. */
async function askToSignOut(question: string, hasMessages: boolean): Promise<KeptMessages | undefined> {
  const signOut = vscode.l10n.t('Sign Out');
  const signOutAndRemove = vscode.l10n.t('Sign Out and Remove Messages');
  const detail = hasMessages
    ? vscode.l10n.t(
        "Your credentials are removed from this computer. Stored messages stay unless you remove them too, along with any changes that haven't been sent yet.",
      )
    : vscode.l10n.t('The sample mailbox is created again the next time you open it.');
  const buttons = [signOut, ...(hasMessages ? [signOutAndRemove] : [])];
  const answer = await ask(question, detail, ...buttons);
  if (answer === undefined) return undefined;
  return answer === signOutAndRemove ? 'remove' : 'keep';
}
