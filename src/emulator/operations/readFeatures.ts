import type { EmulatorContext } from '../context';
import { FEATURES } from '../features';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import { EXTENSION_PATH } from '../wire';

/** `readUserFeatures`: which features the extension has, all of them or those asked for. */
export function readFeatures({ query }: EmulatorRequest, { origins, features }: EmulatorContext): Reply {
  const wanted = query.strings('featureId');
  const isAvailableOnly = query.boolean('availableOnly') ?? false;
  const records = FEATURES.filter((id) => wanted?.includes(id) ?? true)
    .map((id) => ({ id, available: features.available.has(id) }))
    .filter(({ available }) => available || !isAvailableOnly)
    .map((record) =>
      record.available
        ? record
        : {
            ...record,
            reason: {
              code: 'ServicePlanLimitation',
              message: 'Feature is not available for the service plan.',
            },
          },
    );
  return jsonReply(200, { uri: `${origins.rest}${EXTENSION_PATH}/features`, records });
}
