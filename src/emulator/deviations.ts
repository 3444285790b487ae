import { type Clock, DAY } from './clock';
import { OWNER_PARAMETERS } from './features';
import { RequestError } from './requestError';
import type { EmulatorRequest } from './http';
import type { Mailbox } from './mailbox';

/** What a server may refuse because clients can do without it. */
export const OPTIONAL = [
  'owner',
  'recordCount',
  'perPage',
  'dateFrom',
  'availability',
  'features',
  'extension',
  'push',
  'sharedSms',
  'transcription',
  'range',
] as const;

export type Optional = (typeof OPTIONAL)[number];

/**
 * How it is refused: with 400 CMN-101 that names the parameter or does not, or with 403 CMN-109, which says that the feature is
 * not available.
 */
export const REFUSALS = ['named', 'unnamed', 'forbidden'] as const;

export type Refusal = (typeof REFUSALS)[number];

/** How a server may answer otherwise than the API's documents say, or than the request asks for. */
export const DIFFERENCES = [
  'noNavigation',
  'noPaging',
  'stringIds',
  'noSyncTime',
  'noOlderRecordsExist',
  'noSyncToken',
  'unknownRateGroup',
  'noRateLimits',
  'okForMultiStatus',
  'multiStatusForOne',
  'multipartMixed',
  'noContentForChanges',
  'ignoredOwner',
  'ignoredAvailability',
  'ignoredRecordCount',
  'ignoredPerPage',
  'noEtag',
  'noContentType',
] as const;

export type Difference = (typeof DIFFERENCES)[number];

/** The largest page, and the longest time (ms) to look back, of a server that refuses larger and longer ones. */
const LARGEST_PAGE = 100;
const LONGEST_PAST = 2 * 365 * DAY;

/** How this server differs from the one that the API's documents describe; not at all to begin with. */
export class Deviations {
  readonly refused = new Map<Optional, Refusal>();
  readonly differences = new Set<Difference>();
  /** How many records an answer has at most, however many are asked for. */
  mostRecords = Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly mailbox: Mailbox,
  ) {}

  /** @throws RequestError if the request has something that this server refuses */
  check(request: EmulatorRequest): void {
    for (const optional of this.refused.keys()) if (this.#has(request, optional)) this.refuse(optional);
  }

  /** @throws RequestError if this server refuses that */
  refuse(optional: Optional, parameterName: string = optional): void {
    switch (this.refused.get(optional)) {
      case 'named':
        throw new RequestError(400, 'CMN-101', `Parameter [${parameterName}] is invalid.`, { parameterName });
      case 'unnamed':
        throw new RequestError(400, 'CMN-101', 'Parameter value is invalid.');
      case 'forbidden':
        throw new RequestError(403, 'CMN-109', 'Feature not available.');
      case undefined:
    }
  }

  #has({ url, query, headers, params }: EmulatorRequest, optional: Optional): boolean {
    const { pathname } = url;
    switch (optional) {
      case 'owner':
        return OWNER_PARAMETERS.some((name) => query.string(name) !== undefined);
      case 'recordCount':
      case 'perPage':
        return (query.integer(optional, 0) ?? 0) > LARGEST_PAGE;
      case 'dateFrom':
        return (query.date(optional) ?? Infinity) < this.clock.now() - LONGEST_PAST;
      case 'availability':
        return query.string(optional) !== undefined;
      case 'features':
        return pathname.endsWith('/features');
      case 'extension':
        return /\/extension\/[^/]+$/.test(pathname);
      case 'push':
        return pathname.endsWith('/wstoken');
      case 'transcription': {
        const message = this.mailbox.get(params['messageId'] ?? '');
        const attachment = message?.attachments.find(({ id }) => id === params['attachmentId']);
        return attachment?.type === 'AudioTranscription';
      }
      case 'range':
        return headers.range !== undefined;
      case 'sharedSms':
        // A matter of subscriptions, which do not come as requests of their own.
        return false;
    }
  }
}
