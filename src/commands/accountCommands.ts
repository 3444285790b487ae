import * as vscode from 'vscode';
import { signInInteractively } from '../auth/interactiveSignIn';
import type { MailboxSession, Sessions } from '../auth/sessions';
import type { SignIn } from '../auth/signIn';
import { askForJwtCredential, askHowToSignIn } from '../auth/signInSteps';
import { Command } from '../ids';
import type { CommandRegistry } from './commandRegistry';

/** Signing in and out. */
export function registerAccountCommands(commands: CommandRegistry, sessions: Sessions): void {
  commands.register(Command.SignIn, () => signIn(sessions, askHowToSignIn));
  commands.register(Command.SignInWithSample, () =>
    signIn(sessions, () => Promise.resolve({ kind: 'sample' })),
  );
  commands.register(Command.SignInWithJwt, () => signIn(sessions, askForJwtCredential));
  commands.register(Command.SignOut, async () => {
    const session = sessions.current();
    if (session && (await agreesToSignOut(session))) await sessions.signOut(session.id);
  });
}

/** There is one account at a time, so signing in ends the session before: never without the user's consent. */
async function signIn(sessions: Sessions, ask: () => Promise<SignIn | undefined>): Promise<void> {
  const before = sessions.current();
  if (before && !(await agreesToSignOut(before))) return;
  const how = await ask();
  if (how) await signInInteractively(sessions, how);
}

async function agreesToSignOut({ label }: MailboxSession): Promise<boolean> {
  const signOut = vscode.l10n.t('Sign Out');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Sign out of {0}?', label),
    { modal: true, detail: vscode.l10n.t('Its credential is removed from this computer.') },
    signOut,
  );
  return answer === signOut;
}
