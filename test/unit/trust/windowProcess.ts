/**
 * A window of an account whose process is killed: carries out what it is told, one after the other, and prints each when it is
 * kept in the outbox. Arguments: JSON of `WindowTask`.
 */
import { sleep } from '../../../src/api/cancellation';
import { readFeatures } from '../../../src/api/features';
import { HttpClient } from '../../../src/api/httpClient';
import { MessageStoreApi } from '../../../src/api/messageStore';
import { Transport } from '../../../src/api/transport';
import { Mailbox } from '../../../src/mailbox/mailbox';
import type { OperationKind } from '../../../src/mailbox/outbox/operation';
import { openMessageStore } from '../../../src/mailbox/store/openMessageStore';
import { WINDOWS } from '../../../src/mailbox/sync/windows';
import { SharedDatabase } from '../../../src/storage/sharedDatabase';

export interface WindowTask {
  readonly origins: { readonly rest: string; readonly media: string };
  readonly accessToken: string;
  readonly file: string;
  readonly windowsFile: string;
  readonly changes: readonly {
    readonly kind: Extract<OperationKind, 'markRead' | 'delete' | 'deletePermanently' | 'restore'>;
    readonly ids: readonly string[];
  }[];
}

async function main(): Promise<void> {
  const { origins, accessToken, file, windowsFile, changes } = JSON.parse(
    process.argv[2] ?? '',
  ) as WindowTask;
  const http = new HttpClient({ noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false });
  const tokens = {
    accessToken: () => Promise.resolve(accessToken),
    renew: () => Promise.resolve(accessToken),
  };
  const fail = ({ error }: { readonly error: unknown }): void => {
    throw error;
  };
  const transport = new Transport(http, origins, tokens);
  const store = openMessageStore(file, fail);
  const mailbox = new Mailbox({
    api: new MessageStoreApi(transport),
    readFeatures: (signal) => readFeatures(transport, signal),
    store,
    shared: { database: new SharedDatabase(windowsFile, WINDOWS), poll: () => store.poll() },
    settledAfter: 0,
  });
  await mailbox.refresh();
  // What is not here yet nobody can choose.
  while (store.syncState()?.backfill) await sleep(10);
  const { actions } = mailbox;
  for (const [index, { kind, ids }] of changes.entries()) {
    const outcome = kind === 'markRead' ? actions.setReadStatus(ids, 'Read') : actions[kind](ids);
    outcome.catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
    process.stdout.write(`${index}\n`);
    await sleep(15);
  }
  // It ends by being killed alone.
  setInterval(() => undefined, 1_000);
}

void main();
