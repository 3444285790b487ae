import type { Fault, FaultTarget } from '../faults';
import { invalidParameter } from '../requestError';
import type { Fields } from './fields';

const KINDS = ['error', 'reset', 'lostAnswer', 'truncate', 'delay'] as const;

/**
 * `{kind, count?, skip?, method?, path?}` and the fields of the kind: `status`, `errorCode`, `message`, `headers`, `body`
 * of an error, `milliseconds` of a delay, `bytes` of a truncation. One request and an error are the defaults.
 */
export function readFaultTarget(fields: Fields): FaultTarget {
  return {
    fault: readFault(fields),
    count: fields.number('count') ?? 1,
    skip: fields.number('skip') ?? 0,
    method: fields.string('method'),
    path: fields.string('path'),
  };
}

function readFault(fields: Fields): Fault {
  const kind = fields.oneOf('kind', KINDS) ?? 'error';
  switch (kind) {
    case 'error': {
      const status = fields.number('status') ?? 503;
      if (!Number.isInteger(status) || status < 200 || status > 599) throw invalidParameter('status');
      const headers = fields.object('headers');
      const body = fields.string('body');
      return {
        kind,
        status,
        errorCode: fields.string('errorCode') ?? 'CMN-201',
        message: fields.string('message') ?? 'Service is temporarily unavailable.',
        headers: Object.fromEntries(
          Object.keys(headers?.values ?? {}).map((name) => [name, headers?.string(name) ?? '']),
        ),
        ...(body !== undefined && { body }),
      };
    }
    case 'truncate': {
      const bytes = fields.number('bytes');
      return { kind, ...(bytes !== undefined && { bytes }) };
    }
    case 'delay':
      return { kind, milliseconds: fields.number('milliseconds') ?? 1000 };
    default:
      return { kind };
  }
}
