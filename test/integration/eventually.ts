/** Milliseconds between two looks. */
const PAUSE = 10;

/** Milliseconds until the last look: for a machine that is busy with much else. Less than a test may take (index.ts). */
const PATIENCE = 60_000;

/** Tries `attempt` until it does not throw any more; throws what it threw last if that never happens. */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
