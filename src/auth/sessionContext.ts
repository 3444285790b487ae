import { commands } from 'vscode';
import { ContextKey } from '../ids';
import type { Disposable } from '../util/disposable';
import type { Sessions } from './sessions';

/** Keeps the context keys that tell whether there is an account to sign in to again, and whether the sample is open. */
export function followSessionContext(sessions: Sessions): Disposable {
  const update = (): void => {
    const all = sessions.all();
    const isRequired = all.some(({ isSignInRequired }) => isSignInRequired);
    const isSampleOpen = all.some(({ sample }) => sample);
    void commands.executeCommand('setContext', ContextKey.SignInRequired, isRequired);
    void commands.executeCommand('setContext', ContextKey.SampleOpen, isSampleOpen);
  };
  return sessions.onDidChange(update);
}
