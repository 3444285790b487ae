import { commands } from 'vscode';
import { ContextKey } from '../ids';
import type { Disposable } from '../util/disposable';
import type { Sessions } from './sessions';

/** Keeps the context keys that tell which kinds of accounts are signed in, and whether one has to be signed in to again. */
export function followSessionContext(sessions: Sessions): Disposable {
  const update = (): void => {
    const all = sessions.all();
    const isRequired = all.some(({ isSignInRequired }) => isSignInRequired);
    const isSampleOpen = all.some(({ sample }) => sample);
    const isSignedIn = all.some(({ sample }) => !sample);
    const isProduction = all.some(({ server }) => server === 'production');
    void commands.executeCommand('setContext', ContextKey.SignInRequired, isRequired);
    void commands.executeCommand('setContext', ContextKey.SampleOpen, isSampleOpen);
    void commands.executeCommand('setContext', ContextKey.SignedIn, isSignedIn);
    void commands.executeCommand('setContext', ContextKey.ProductionAccount, isProduction);
  };
  return sessions.onDidChange(update);
}
