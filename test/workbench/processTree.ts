import { spawnSync, type ChildProcess } from 'node:child_process';

/**
 * Ends a process and everything it started, e.g. a server's extension hosts. On POSIX the process must have been spawned
 * with `detached`, so that it leads a process group.
 */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
