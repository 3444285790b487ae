import type { Disposable } from '../util/disposable';
import type { Accounts } from './accounts';
import type { Mailbox } from './mailbox';

/**
 * Follows the mailbox of each account, whichever there are at the time.
 * @param follow subscribes to one mailbox
 * @param onAccounts called after accounts came, went or changed, and not at the beginning
 */
export function followMailboxes(
  accounts: Accounts,
  follow: (mailbox: Mailbox) => readonly Disposable[],
  onAccounts: () => void,
): Disposable {
  const following: Disposable[] = [];
  const unfollow = (): void => {
    for (const disposable of following.splice(0)) disposable.dispose();
  };
  const followAll = (): void => {
    unfollow();
    following.push(...accounts.all.flatMap(({ mailbox }) => follow(mailbox)));
  };
  followAll();
  const followingAccounts = accounts.onDidChange(() => {
    followAll();
    onAccounts();
  });
  return {
    dispose: () => {
      followingAccounts.dispose();
      unfollow();
    },
  };
}
