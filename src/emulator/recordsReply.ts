import { setImmediate } from 'node:timers/promises';

import { JSON_TYPE, type Reply } from './http';

/** Few enough to write in a few ms. */
const RECORDS_AT_ONCE = 250;

/**
 * A JSON answer with `records` between the fields of `before` and `after`. Written in pieces, so that an answer with
 * very many records does not hold up everything else in the process.
 */
export async function recordsReply(
  before: object,
  records: readonly (() => object)[],
  after: object,
): Promise<Reply> {
  const pieces: string[] = [];
  for (let start = 0; start < records.length; start += RECORDS_AT_ONCE) {
    if (start > 0) await setImmediate();
    const piece = records.slice(start, start + RECORDS_AT_ONCE).map((record) => JSON.stringify(record()));
    pieces.push(piece.join(','));
  }
  const opening = JSON.stringify(before).slice(0, -1);
  const closing = JSON.stringify(after).slice(1);
  return {
    status: 200,
    headers: { 'content-type': `${JSON_TYPE};charset=utf-8` },
    body: `${opening},"records":[${pieces.join(',')}],${closing}`,
  };
}
