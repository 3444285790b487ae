/**
 * @param signal once aborted, nothing more is begun
 * @returns does one work after the other, each when those before it are done; what fails is told, and ends none of them
 */
export function inOrder(
  onFailure: (error: unknown) => void,
  signal: AbortSignal,
): (work: () => Promise<void> | void) => void {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(() => (signal.aborted ? undefined : work())).catch(onFailure);
  };
}
