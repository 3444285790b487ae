import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';

/**
 * What RingCentral's API description allows in the answers to the operations that we use, and no more: a field that it
 * does not know fails as much as one of another type.
 */

const text = { type: 'string' } as const;
const uri = { type: 'string', pattern: '^https?://[^ ]+$' } as const;
const id64 = { type: 'integer', minimum: 0 } as const;
const int32 = { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 } as const;
const flag = { type: 'boolean' } as const;
const digits = { type: 'string', pattern: '^[0-9]+$' } as const;
const dateTime = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
} as const;

function oneOf(...values: string[]): AnySchema {
  return { type: 'string', enum: values };
}

function list(items: AnySchema, minItems = 0): AnySchema {
  return { type: 'array', items, minItems };
}

function record(properties: Record<string, AnySchema>, required: readonly string[] = []): AnySchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

const availability = oneOf('Alive', 'Deleted', 'Purged');
const messageStatus = oneOf('Queued', 'Sent', 'Delivered', 'DeliveryFailed', 'SendingFailed', 'Received');
const extensionType = oneOf(
  ...[
    'User',
    'Department',
    'Announcement',
    'Voicemail',
    'DigitalUser',
    'VirtualUser',
    'FaxUser',
    'PagingOnly',
  ],
  ...[
    'SharedLinesGroup',
    'DelegatedLinesGroup',
    'GroupCallPickup',
    'IvrMenu',
    'ApplicationExtension',
    'ProxyAdmin',
  ],
  ...[
    'RoomConnector',
    'ParkLocation',
    'Limited',
    'Bot',
    'Site',
    'Room',
    'FlexibleUser',
    'TieLine',
    'Unknown',
  ],
);
const faxErrorCode = oneOf(
  ...[
    'AllLinesInUse',
    'Undefined',
    'NoFaxSendPermission',
    'NoInternationalPermission',
    'NoFaxMachine',
    'NoAnswer',
  ],
  ...['LineBusy', 'CallerHungUp', 'NotEnoughCredits', 'SentPartially', 'InternationalCallingDisabled'],
  ...['DestinationCountryDisabled', 'UnknownCountryCode', 'NotAccepted', 'InvalidNumber', 'CallDeclined'],
  ...[
    'TooManyCallsPerLine',
    'CallFailed',
    'RenderingFailed',
    'TooManyPages',
    'ReturnToDBQueue',
    'NoCallTime',
  ],
  ...['WrongNumber', 'ProhibitedNumber', 'InternalError', 'FaxSendingProhibited', 'ThePhoneIsBlacklisted'],
  ...['UserNotFound', 'ConvertError', 'DBGeneralError', 'SkypeBillingFailed', 'AccountSuspended'],
  ...['ProhibitedDestination', 'InternationalDisabled'],
);

const party = {
  extensionNumber: text,
  extensionId: digits,
  location: text,
  name: text,
  phoneNumber: text,
};

const recipient = record({ ...party, target: flag, messageStatus, faxErrorCode, recipientId: text });

const attachment = record(
  {
    id: id64,
    uri,
    type: oneOf(
      'AudioRecording',
      'AudioTranscription',
      'Text',
      'SourceDocument',
      'RenderedDocument',
      'MmsAttachment',
    ),
    contentType: { type: 'string', pattern: '^[a-z]+/[a-z0-9.+-]+$' },
    vmDuration: int32,
    fileName: text,
    size: int32,
    height: int32,
    width: int32,
  },
  ['id', 'uri', 'contentType'],
);

const messageFields = {
  id: id64,
  uri,
  extensionId: digits,
  attachments: list(attachment),
  availability,
  conversationId: id64,
  conversation: record({ id: digits, uri }, ['id']),
  creationTime: dateTime,
  deliveryErrorCode: text,
  segmentCount: int32,
  direction: oneOf('Inbound', 'Outbound'),
  faxPageCount: int32,
  faxResolution: oneOf('High', 'Low'),
  from: record(party),
  lastModifiedTime: dateTime,
  messageStatus,
  pgToDepartment: flag,
  priority: oneOf('Normal', 'High'),
  readStatus: oneOf('Read', 'Unread'),
  smsDeliveryTime: dateTime,
  smsSendingAttemptsCount: int32,
  subject: text,
  to: list(recipient),
  type: oneOf('Fax', 'SMS', 'VoiceMail', 'Pager', 'Text'),
  vmTranscriptionStatus: oneOf(
    'NotAvailable',
    'InProgress',
    'TimedOut',
    'Completed',
    'CompletedPartially',
    'Failed',
    'Unknown',
  ),
  coverIndex: int32,
  coverPageText: { type: 'string', maxLength: 1024 },
  owner: record({ name: text, extensionType, extensionId: digits }),
  private: flag,
};

const alwaysThere = [
  'id',
  'uri',
  'availability',
  'type',
  'direction',
  'readStatus',
  'creationTime',
  'lastModifiedTime',
];

const message = record(messageFields, [...alwaysThere, 'attachments', 'messageStatus', 'priority']);
const singleMessage = record({ ...messageFields, vmSideRecipients: list(recipient, 1) }, [
  ...alwaysThere,
  'vmSideRecipients',
]);
/** Of a removed message an incremental sync tells these two things only. */
const removedMessage = record({ id: id64, availability: oneOf('Deleted', 'Purged') }, ['id', 'availability']);

const errorDetails = { parameterName: text, parameterValue: text, permissionName: text };
const errorItem = record(
  { errorCode: { type: 'string', pattern: '^[A-Z]{3}-\\d{3}$' }, message: text, ...errorDetails },
  ['errorCode', 'message'],
);
const errorFields = { errorCode: text, message: text, ...errorDetails, errors: list(errorItem, 1) };
const error = record(errorFields, ['errors', 'errorCode', 'message']);

const oauthError = record(
  {
    ...errorFields,
    error: oneOf(
      ...[
        'invalid_request',
        'invalid_client',
        'invalid_grant',
        'unauthorized_client',
        'unsupported_grant_type',
      ],
      ...[
        'invalid_scope',
        'unsupported_response_type',
        'expired_token',
        'insufficient_scope',
        'access_denied',
      ],
    ),
    error_description: text,
  },
  ['error', 'errors'],
);

const tokens = record(
  {
    access_token: { type: 'string', minLength: 20 },
    expires_in: int32,
    refresh_token: { type: 'string', minLength: 20 },
    refresh_token_expires_in: int32,
    scope: text,
    token_type: oneOf('bearer'),
    owner_id: digits,
    endpoint_id: text,
    session_id: text,
  },
  ['access_token', 'expires_in', 'scope', 'token_type', 'session_id'],
);

const link = record({ uri }, ['uri']);

const messageList = record(
  {
    uri,
    records: list(message),
    navigation: record({ firstPage: link, nextPage: link, previousPage: link, lastPage: link }),
    paging: record(
      {
        page: int32,
        perPage: int32,
        pageStart: int32,
        pageEnd: int32,
        totalPages: int32,
        totalElements: int32,
      },
      ['perPage'],
    ),
  },
  ['navigation', 'paging', 'records'],
);

const messageSync = record(
  {
    uri,
    records: list({ anyOf: [message, removedMessage] }),
    syncInfo: record(
      {
        syncType: oneOf('FSync', 'ISync'),
        syncToken: { type: 'string', minLength: 1 },
        syncTime: dateTime,
        olderRecordsExist: flag,
      },
      ['syncType', 'syncToken', 'syncTime'],
    ),
  },
  ['records', 'syncInfo'],
);

const multipleMessages = list(
  record(
    {
      resourceId: digits,
      status: { type: 'integer', minimum: 200, maximum: 599 },
      body: { anyOf: [message, error] },
    },
    ['resourceId', 'status'],
  ),
  1,
);

const configuration = record({ retentionPeriod: { type: 'integer', minimum: 7, maximum: 90 } }, [
  'retentionPeriod',
]);

const extension = record(
  {
    id: id64,
    uri,
    account: record({ id: digits, uri }),
    contact: record({
      firstName: { type: 'string', maxLength: 64 },
      lastName: { type: 'string', maxLength: 64 },
      name: { type: 'string', maxLength: 129 },
      company: { type: 'string', maxLength: 64 },
      businessPhone: { type: 'string', pattern: '^\\+[0-9]+$' },
    }),
    extensionNumber: digits,
    name: text,
    permissions: record({
      admin: record({ enabled: flag }),
      internationalCalling: record({ enabled: flag }),
    }),
    regionalSettings: record({
      homeCountry: record({
        id: text,
        name: text,
        isoCode: { type: 'string', minLength: 2, maxLength: 2 },
        callingCode: text,
      }),
      timezone: record({ id: text, name: text, description: text, bias: text }),
      language: record({ id: text, localeCode: text, name: text }),
      timeFormat: oneOf('12h', '24h'),
    }),
    serviceFeatures: list(record({ enabled: flag, featureName: text })),
    setupWizardState: oneOf('NotStarted', 'Incomplete', 'Completed'),
    status: oneOf('Enabled', 'Disabled', 'Frozen', 'NotActivated', 'Unassigned'),
    type: extensionType,
    hidden: flag,
  },
  ['id', 'name', 'extensionNumber'],
);

const MESSAGES = '/restapi/v1\\.0/account/[^/]+/extension/[^/]+/message-store';

/** By method, path and status. */
const ANSWERS: readonly (readonly [method: string, path: string, status: number, schema: AnySchema])[] = [
  ['POST', '/restapi/oauth/token', 200, tokens],
  ['GET', '/restapi/v1\\.0/account/[^/]+/extension/[^/]+', 200, extension],
  ['GET', MESSAGES, 200, messageList],
  ['GET', `${MESSAGES}/[0-9]+`, 200, singleMessage],
  ['GET', `${MESSAGES}/[0-9,]+`, 207, multipleMessages],
  ['PUT', `${MESSAGES}/[0-9]+`, 200, message],
  ['PATCH', `${MESSAGES}/[0-9]+`, 200, message],
  ['(PUT|PATCH|DELETE)', `${MESSAGES}/[0-9,*]+`, 207, multipleMessages],
  ['GET', '/restapi/v1\\.0/account/[^/]+/extension/[^/]+/message-sync', 200, messageSync],
  ['(GET|PUT)', '/restapi/v1\\.0/account/[^/]+/message-store-configuration', 200, configuration],
];

const ajv = new Ajv({ allErrors: true, strict: true });
const answers = ANSWERS.map(([method, path, status, schema]) => ({
  pattern: new RegExp(`^${method} ${path} ${status}$`),
  validate: ajv.compile(schema),
}));
const validateError = ajv.compile(error);
const validateOAuthError = ajv.compile(oauthError);

/** @throws Error naming everything in `body` that the API's description does not allow in such an answer */
export function expectValid(method: string, url: string, status: number, body: unknown): void {
  const { pathname } = new URL(url);
  const validate = validatorFor(method.toUpperCase(), pathname, status);
  if (!validate(body)) {
    throw new Error(
      `${method} ${pathname} ${status}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`,
    );
  }
}

function validatorFor(method: string, pathname: string, status: number): ValidateFunction {
  if (status >= 400)
    return pathname.startsWith('/restapi/oauth/') && status < 429 ? validateOAuthError : validateError;
  const key = `${method} ${pathname} ${status}`;
  const answer = answers.find(({ pattern }) => pattern.test(key));
  if (!answer) throw new Error(`There is no schema for ${key}.`);
  return answer.validate;
}
