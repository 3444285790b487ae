import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What the main branch may be called here; the first that exists counts. */
const mainBranches = ['origin/main', 'main'];

/**
 * The files below a folder that differ from where the branch left the main branch: committed, staged, unstaged and
 * untracked ones, as paths relative to the folder. Deleted and ignored files are not among them.
 * @returns undefined if it cannot be told: without git, outside a repository, or in a clone that lacks the common history
 */
export async function changedFiles(folder: string): Promise<readonly string[] | undefined> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await execute('git', args, { cwd: folder, maxBuffer: 1 << 26 })).stdout;
  const isCommit = (name: string): Promise<boolean> =>
    git('rev-parse', '--verify', '--quiet', `${name}^{commit}`).then(
      () => true,
      () => false,
    );
  try {
    const exist = await Promise.all(mainBranches.map(isCommit));
    const main = mainBranches.find((_, index) => exist[index]);
    if (main === undefined) return undefined;
    const base = (await git('merge-base', 'HEAD', main)).trim();
    const lists = await Promise.all([
      git('diff', '--name-only', '--relative', '--no-renames', '--diff-filter=d', '-z', base),
      git('ls-files', '--others', '--exclude-standard', '-z'),
    ]);
    return lists.flatMap((list) => list.split('\0').filter((name) => name !== ''));
  } catch {
    return undefined;
  }
}
