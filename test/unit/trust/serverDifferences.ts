import { DIFFERENCES, OPTIONAL, REFUSALS } from '../../../src/emulator/deviations';
import type { DeviationOptions } from '../../builders/emulatorAdmin';

export interface DifferenceCase {
  /** What is asked for beyond the bare minimum. */
  readonly asked: string;
  /** What the server does with it. */
  readonly server: string;
  /** What is done then. */
  readonly then: string;
  readonly deviations: DeviationOptions;
  /** Whether `Range` is heeded, which is the default. */
  readonly ranges?: boolean;
  /** What of the server's messages. */
  readonly shown: string;
  /** The log's name of an error that says that something is wrong, where there is no way around it. */
  readonly error?: string;
}

const OWNER = '`owner=Any`: messages that others share, where a feature allows it';
const AVAILABILITY = '`availability`: deleted messages';
const RECORD_COUNT = '`recordCount`: 250 messages first, then pages of 1,000';
const PER_PAGE = '`perPage=1000`: pages of lists';
const DATE_FROM = '`dateFrom=2000-01-01`: the whole history';
const FEATURES = 'the features of the extension';
const TRANSCRIPTION = 'the text of voicemails';
const CONTENT = '`Range` and `If-Range`: the rest of an attachment after an interruption';
const MULTI_STATUS = 'a status for each message, as JSON in an answer 207';
const PAGING = '`paging`, `navigation`: whether there is another page';
const SYNC_INFO = '`syncInfo`: where to go on';
const LIMITS = '`X-Rate-Limit-…`: how often requests may be sent';
const IDS = 'ids';

const FORMS = {
  named: 'refuses it with 400, naming it',
  unnamed: 'refuses it with 400, naming nothing',
  forbidden: 'refuses it with 403',
} as const;

interface Refused {
  readonly asked: string;
  readonly then: string;
  readonly shown: string;
}

const REFUSED: Partial<Readonly<Record<(typeof OPTIONAL)[number], Refused>>> = {
  owner: { asked: OWNER, then: 'it is left out from then on', shown: 'all but shared ones' },
  recordCount: { asked: RECORD_COUNT, then: 'pages are smaller from then on', shown: 'everything' },
  perPage: { asked: PER_PAGE, then: 'pages are smaller from then on', shown: 'everything' },
  dateFrom: {
    asked: DATE_FROM,
    then: 'the history is as long as the server lets it be: 5 years, 2 years, a year, 90 or 30 days',
    shown: 'everything',
  },
  availability: {
    asked: AVAILABILITY,
    then: 'deleted messages are shown from the time on that they are deleted',
    shown: 'all but deleted ones',
  },
  features: {
    asked: FEATURES,
    then: 'none counts as available; asked again an hour later',
    shown: 'all but shared ones',
  },
  range: { asked: CONTENT, then: 'the attachment is fetched from its beginning', shown: 'everything' },
  transcription: {
    asked: TRANSCRIPTION,
    then: 'the voicemail is shown without, and not asked for again',
    shown: 'everything',
  },
};

const refusals = OPTIONAL.flatMap((name) => {
  const refused = REFUSED[name];
  if (!refused) return [];
  // With 403 what needs a feature is refused as a rule.
  const forms = REFUSALS.filter((form) => form !== 'forbidden' || name === 'owner' || name === 'features');
  return forms.map((form): DifferenceCase => ({
    ...refused,
    server: FORMS[form],
    deviations: { refused: { [name]: form } },
  }));
});

type Difference = (typeof DIFFERENCES)[number];

function differs(
  difference: Difference,
  asked: string,
  server: string,
  then: string,
  { shown = 'everything', error }: { readonly shown?: string; readonly error?: string } = {},
): DifferenceCase {
  return {
    asked,
    server,
    then,
    shown,
    deviations: { differences: [difference] },
    ...(error !== undefined && { error }),
  };
}

const NOTHING = 'makes no difference';
const EDGE = 'it is asked on from the oldest message, until nothing comes';

const differences: readonly DifferenceCase[] = [
  differs('ignoredOwner', OWNER, 'ignores it', 'what others share is not known of', {
    shown: 'all but shared ones',
  }),
  differs(
    'ignoredAvailability',
    AVAILABILITY,
    'ignores it',
    'deleted messages are shown from the time on that they are deleted',
    {
      shown: 'all but deleted ones',
    },
  ),
  differs('ignoredRecordCount', RECORD_COUNT, 'ignores it', NOTHING),
  differs('ignoredPerPage', PER_PAGE, 'ignores it', NOTHING),
  {
    asked: `${RECORD_COUNT}; ${PER_PAGE}`,
    server: 'caps it at 25',
    then: EDGE,
    deviations: { mostRecords: 25 },
    shown: 'everything',
  },
  {
    asked: `${RECORD_COUNT}; ${PER_PAGE}`,
    server: 'caps it at 25 without saying whether there is more',
    then: EDGE,
    deviations: { mostRecords: 25, differences: ['noOlderRecordsExist', 'noPaging', 'noNavigation'] },
    shown: 'everything',
  },
  differs('noNavigation', PAGING, 'does not give `navigation`', NOTHING),
  differs('noPaging', PAGING, 'does not give `paging`', EDGE),
  differs('noOlderRecordsExist', SYNC_INFO, 'does not give `olderRecordsExist`', EDGE),
  differs('noSyncTime', SYNC_INFO, 'does not give `syncTime`', NOTHING),
  differs(
    'noSyncToken',
    SYNC_INFO,
    'does not give `syncToken`',
    'the newest messages are fetched each time, and the view says what is wrong',
    {
      shown: 'the newest ones without deleted ones',
      error: 'ResponseFormatError: The synchronization has no token',
    },
  ),
  differs('stringIds', IDS, 'gives all of them as strings', NOTHING),
  differs(
    'unknownRateGroup',
    LIMITS,
    'names a group that is not known',
    'its limit is taken from the headers',
  ),
  differs('noRateLimits', LIMITS, 'does not give them', 'the limits are those that RingCentral documents'),
  differs('okForMultiStatus', MULTI_STATUS, 'answers 200', NOTHING),
  differs('multiStatusForOne', MULTI_STATUS, 'answers 207 for a single message, too', NOTHING),
  differs('multipartMixed', MULTI_STATUS, 'answers `multipart/mixed`', NOTHING),
  differs(
    'noContentForChanges',
    MULTI_STATUS,
    'answers a change of one message with 204',
    'the message is read to see whether it is changed',
  ),
  {
    asked: CONTENT,
    server: 'ignores it',
    then: 'the attachment is fetched from its beginning',
    deviations: {},
    ranges: false,
    shown: 'everything',
  },
  differs('noEtag', CONTENT, 'gives no `ETag`', 'the size tells whether it is still the same content'),
  differs('noContentType', CONTENT, 'gives no `Content-Type`', 'the record tells the type'),
];

const everything: readonly DifferenceCase[] = [
  ...REFUSALS.map((form): DifferenceCase => ({
    asked: 'all of the above',
    server: FORMS[form].replace(' it ', ' all of it '),
    then: 'all of the above',
    deviations: { refused: Object.fromEntries(OPTIONAL.map((name) => [name, form])) },
    shown: 'all but shared ones and deleted ones',
  })),
  {
    asked: 'all of the above',
    server: 'answers all of it differently',
    then: 'all of the above',
    deviations: {
      mostRecords: 25,
      differences: DIFFERENCES.filter(
        (difference) =>
          // That nothing is said of a change, and that of each a status is, exclude one another.
          difference !== 'noContentForChanges' &&
          difference !== 'noSyncToken' &&
          !difference.startsWith('ignored'),
      ),
    },
    shown: 'everything',
  },
];

export const DIFFERENCE_CASES: readonly DifferenceCase[] = [...refusals, ...differences, ...everything];
