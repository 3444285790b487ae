import { expect } from './fixtures';
import type { Workbench } from './pages/workbench';

/** Opens a conversation from its row; `tab` is its name. */
export async function openRow(workbench: Workbench, row: RegExp, tab: string): Promise<void> {
  // Rows that are read again at the moment of a click swallow it; a person clicks once more.
  await expect(async () => {
    await workbench.messages.row(row).pressAction('Open');
    await expect(workbench.tab(tab)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}
