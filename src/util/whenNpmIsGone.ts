/**
 * Resolves when the shell is gone that npm started this process with: npm passes SIGTERM on to that shell, which dies of it
 * and tells nobody. Does not resolve where npm did not start us, nor on Windows, where a process keeps its parent's id.
 */
export function whenNpmIsGone(): Promise<void> {
  return new Promise((resolve) => {
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const shell = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === shell) return;
      clearInterval(timer);
      resolve();
    }, 500);
    timer.unref();
  });
}
