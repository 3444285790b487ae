import { expect, type Locator } from '@playwright/test';

/** What is to be seen, or no longer to be seen, when something has been done. */
export type Outcome = { readonly shows: Locator } | { readonly hides: Locator };

/** Milliseconds for one try of what may be tried again. */
export const TRY_MS = 10_000;

export async function isReached(outcome: Outcome): Promise<boolean> {
  return 'shows' in outcome ? outcome.shows.isVisible() : outcome.hides.isHidden();
}

/** Does something, again and again, until it has its outcome. What was slow to come is not asked for again. */
export async function tryFor(outcome: Outcome, act: () => Promise<void>): Promise<void> {
  const [locator, state] =
    'shows' in outcome ? ([outcome.shows, 'visible'] as const) : ([outcome.hides, 'hidden'] as const);
  let tried = false;
  await expect(async () => {
    const isLate = tried && (await isReached(outcome));
    tried = true;
    if (!isLate) await act();
    await locator.waitFor({ state, timeout: TRY_MS });
  }).toPass({ intervals: [0] });
}
