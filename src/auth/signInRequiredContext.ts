import { commands } from 'vscode';
import { ContextKey } from '../ids';
import type { Disposable } from '../util/disposable';
import type { Sessions } from './sessions';

/** Keeps the context key that tells whether there is an account to sign in to again. */
export function followSignInRequired(sessions: Sessions): Disposable {
  const update = (): void => {
    const isRequired = sessions.all().some(({ isSignInRequired }) => isSignInRequired);
    void commands.executeCommand('setContext', ContextKey.SignInRequired, isRequired);
  };
  return sessions.onDidChange(update);
}
