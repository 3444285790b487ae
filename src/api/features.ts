import { ResponseFormatError } from './errors';
import { readJson } from './jsonBody';
import { flagOf, recordOf, recordsOf, shortTextOf } from './lenient';
import { FEATURES } from './paths';
import type { Transport } from './transport';

/** Whether the extension has a feature, by the feature's id; one that is not named may be there or not. */
export type Features = ReadonlyMap<string, boolean>;

/**
 * `readUserFeatures`: which features the signed-in extension has. Some parameters may be sent only with them. It is sent
 * once, for it can be done without. Throws as `Transport.send` does.
 */
export async function readFeatures(transport: Transport, signal?: AbortSignal): Promise<Features> {
  const answer = await transport.send(
    { operation: 'readFeatures', method: 'GET', uri: FEATURES, dispensable: true },
    readJson,
    signal,
  );
  const { records } = recordOf(answer);
  if (!Array.isArray(records)) throw new ResponseFormatError('The answer has no features');
  const features = new Map<string, boolean>();
  for (const record of recordsOf(records)) {
    const [id, available] = [shortTextOf(record['id']), flagOf(record['available'])];
    if (id !== undefined && available !== undefined) features.set(id, available);
  }
  return features;
}
