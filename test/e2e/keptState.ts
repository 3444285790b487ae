import type { Page } from '@playwright/test';

/** What VS Code has written down for the next time the window is opened, which it does every few seconds in a browser. */
export function keptState(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const finished = (request: IDBRequest): Promise<unknown> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('The database cannot be read.'));
      });
    const kept: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('vscode-web-state-db')) continue;
      const database = (await finished(indexedDB.open(name))) as IDBDatabase;
      for (const store of database.objectStoreNames)
        kept.push(await finished(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    return JSON.stringify(kept);
  });
}
