import { ApiError, MailboxError, NetworkError } from '../errors';
import type { HttpResponse } from '../httpClient';
import { readOptionalJson } from '../jsonBody';
import { countOf, flagOf, idOf, type JsonRecord, recordOf, recordsOf, textOf } from '../lenient';
import { MAX_RECORDS_PER_PAGE } from '../limits';
import { MULTI_STATUS } from '../multiStatus';
import {
  EXTENSION,
  FEATURES,
  MESSAGE_STORE,
  MESSAGE_STORE_CONFIGURATION,
  MESSAGE_SYNC,
  WEB_SOCKET_TOKEN,
} from '../paths';
import type { ApiRequest, Transport } from '../transport';
import { apiWord, type Finding, mediaTypeWord, NO_TYPE } from './finding';
import { recordShapes } from './recordShapes';
import { SeenHeaders } from './seenHeaders';

/** The features that allow `owner` to be sent. */
const OWNER_FEATURES = ['SharedVoicemail', 'CallQueueSmsRecipient'];

const DAY = 24 * 60 * 60_000;

/** Before any message. */
const BEGINNING = '2000-01-01T00:00:00.000Z';

/** What is read of an answer. */
interface Answer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly json: unknown;
}

/**
 * Asks the signed-in server, by requests that change nothing, what it supports of what is asked for, and how its answers look.
 * A probe that fails is a finding of its own.
 * @param pushState of the connection that is told of changes
 * @throws CancelledError if the signal is aborted
 */
export async function checkConnection(
  transport: Transport,
  pushState: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const check = new ConnectionCheck(transport, signal);
  return check.run(pushState);
}

class ConnectionCheck {
  readonly #findings: Finding[] = [];
  readonly #headers = new SeenHeaders();

  constructor(
    private readonly transport: Transport,
    private readonly signal: AbortSignal,
  ) {}

  async run(pushState: string): Promise<readonly Finding[]> {
    await this.#extension();
    const mayAskForShared = await this.#features();
    const records = await this.#synchronization(mayAskForShared);
    await this.#list();
    await this.#owner(mayAskForShared);
    await this.#reading(records);
    await this.#content(records);
    await this.#permissions(pushState);
    this.#findings.push(...recordShapes(records), ...this.#headers.findings());
    return this.#findings;
  }

  async #extension(): Promise<void> {
    const probe = 'Extension';
    const answer = await this.#ask(
      probe,
      '200 with its number, type and country',
      'The account is called by its id.',
      {
        operation: 'readExtension',
        method: 'GET',
        uri: EXTENSION,
      },
    );
    if (!answer) return;
    const extension = recordOf(answer.json);
    const country = recordOf(recordOf(extension['regionalSettings'])['homeCountry'])['isoCode'];
    const absent = ['id', 'extensionNumber', 'name', 'type', 'status'].filter(
      (name) => extension[name] === undefined,
    );
    this.#tell(
      probe,
      '200 with its number, type and country',
      `200, type ${apiWord(extension['type'])}, status ${apiWord(extension['status'])}, country ${country === undefined ? 'missing' : 'given'}${without(absent)}`,
      absent.length > 0 || country === undefined
        ? 'What is missing is not shown; national numbers are read as those of the US.'
        : undefined,
    );
  }

  /** @returns whether shared messages may be asked for */
  async #features(): Promise<boolean> {
    const probe = 'Features';
    const expected = '200 with SharedVoicemail and CallQueueSmsRecipient';
    const answer = await this.#ask(probe, expected, 'Messages that others share are not asked for.', {
      operation: 'readFeatures',
      method: 'GET',
      uri: FEATURES,
    });
    if (!answer) return false;
    const records = recordsOf(recordOf(answer.json)['records']);
    const states = OWNER_FEATURES.map((id) => {
      const record = records.find((each) => each['id'] === id);
      const available = flagOf(record?.['available']);
      return {
        id,
        available,
        text: available === undefined ? 'not named' : available ? 'available' : 'not available',
      };
    });
    this.#tell(
      probe,
      expected,
      `200, ${records.length} features; ${states.map(({ id, text }) => `${id} ${text}`).join(', ')}`,
      states.some(({ available }) => available === undefined)
        ? 'A feature that is not named counts as not available.'
        : undefined,
    );
    return states.some(({ available }) => available === true);
  }

  /** @returns the records of the newest messages */
  async #synchronization(mayAskForShared: boolean): Promise<readonly JsonRecord[]> {
    const probe = `Full synchronization of ${MAX_RECORDS_PER_PAGE} records since 2000`;
    const expected = '200 with records, syncToken, syncTime, olderRecordsExist';
    const answer = await this.#ask(probe, expected, 'Fewer records, or a shorter history, are asked for.', {
      operation: 'syncMessages',
      method: 'GET',
      uri: MESSAGE_SYNC,
      query: {
        syncType: 'FSync',
        dateFrom: BEGINNING,
        recordCount: MAX_RECORDS_PER_PAGE,
        ...(mayAskForShared && { owner: 'Any' }),
      },
    });
    if (!answer) return this.#lastDay();
    const records = recordsOf(recordOf(answer.json)['records']);
    const info = recordOf(recordOf(answer.json)['syncInfo']);
    const absent = ['syncType', 'syncToken', 'syncTime', 'olderRecordsExist'].filter(
      (name) => info[name] === undefined,
    );
    const older = flagOf(info['olderRecordsExist']);
    const isCapped = older === true && records.length < MAX_RECORDS_PER_PAGE;
    this.#tell(
      probe,
      expected,
      `200, ${records.length} records, older ones: ${older === undefined ? 'not said' : older ? 'yes' : 'no'}${without(absent)}`,
      absent.length > 0
        ? 'The history is asked for until nothing comes; without a token there are no changes to be had.'
        : isCapped
          ? 'The server caps the number of records: the history takes more requests.'
          : undefined,
    );
    await this.#incremental(textOf(info['syncToken']));
    return records;
  }

  /** With nothing that can be done without, so that there is something to look at. @returns its records */
  async #lastDay(): Promise<readonly JsonRecord[]> {
    const probe = 'Full synchronization of the last day';
    const expected = '200 with records';
    const answer = await this.#ask(probe, expected, 'No messages can be loaded.', {
      operation: 'syncMessages',
      method: 'GET',
      uri: MESSAGE_SYNC,
      query: { syncType: 'FSync', dateFrom: new Date(Date.now() - DAY).toISOString() },
    });
    if (!answer) return [];
    const records = recordsOf(recordOf(answer.json)['records']);
    this.#tell(probe, expected, `200, ${records.length} records`);
    await this.#incremental(textOf(recordOf(recordOf(answer.json)['syncInfo'])['syncToken']));
    return records;
  }

  async #incremental(syncToken: string | undefined): Promise<void> {
    if (syncToken === undefined) return;
    const probe = 'Incremental synchronization';
    const expected = '200 with records and the next syncToken';
    const answer = await this.#ask(probe, expected, 'Each refresh is a full synchronization.', {
      operation: 'syncMessages',
      method: 'GET',
      uri: MESSAGE_SYNC,
      query: { syncType: 'ISync', syncToken },
    });
    if (!answer) return;
    const records = recordsOf(recordOf(answer.json)['records']);
    const info = recordOf(recordOf(answer.json)['syncInfo']);
    const absent = ['syncToken', 'syncTime'].filter((name) => info[name] === undefined);
    this.#tell(
      probe,
      expected,
      `200, ${records.length} records${without(absent)}`,
      absent.includes('syncToken') ? 'The same token is used again.' : undefined,
    );
  }

  async #list(): Promise<void> {
    const probe = `List of deleted messages, ${MAX_RECORDS_PER_PAGE} a page, since 2000`;
    const expected = '200 with records, paging and navigation';
    const answer = await this.#ask(
      probe,
      expected,
      'Deleted messages are shown from the time on that they are deleted.',
      {
        operation: 'listMessages',
        method: 'GET',
        uri: MESSAGE_STORE,
        query: { dateFrom: BEGINNING, availability: ['Deleted'], perPage: MAX_RECORDS_PER_PAGE, page: 1 },
      },
    );
    if (!answer) return;
    const list = recordOf(answer.json);
    const records = recordsOf(list['records']);
    const paging = recordOf(list['paging']);
    const perPage = countOf(paging['perPage']);
    const others = records.filter((record) => record['availability'] !== 'Deleted').length;
    const absent = ['paging', 'navigation'].filter((name) => list[name] === undefined);
    this.#tell(
      probe,
      expected,
      `200, ${records.length} records, ${others} of them not deleted, ${perPage ?? '?'} a page${without(absent)}`,
      others > 0
        ? 'The server does not heed availability: deleted messages are shown from the time on that they are deleted.'
        : absent.length > 0
          ? 'Whether there is another page is found out by asking for it.'
          : perPage !== undefined && perPage < MAX_RECORDS_PER_PAGE
            ? 'The server caps the size of pages: lists take more requests.'
            : undefined,
    );
  }

  /** Whether the server would take `owner` from an extension that has no feature for it. */
  async #owner(mayAskForShared: boolean): Promise<void> {
    if (mayAskForShared) return;
    const probe = 'owner=Any without a feature for it';
    const request = {
      operation: 'syncMessages',
      method: 'GET',
      uri: MESSAGE_SYNC,
      query: { syncType: 'FSync', dateFrom: BEGINNING, recordCount: 1, owner: 'Any' },
    } as const;
    const expected = 'refused, or without effect; it is not sent';
    const found = await this.#send(request).then(
      ({ status }) => String(status),
      (error: unknown) => outcomeOf(error),
    );
    this.#tell(probe, expected, found);
  }

  async #reading(records: readonly JsonRecord[]): Promise<void> {
    const ids = records.map(({ id }) => idOf(id)).filter((id) => id !== undefined);
    const [one, two] = ids;
    if (one === undefined || two === undefined) {
      this.#tell(
        'Two messages at once',
        '207 with a status for each',
        'not tried: there are no two messages',
      );
      return;
    }
    const probe = 'Two messages at once';
    const expected = '207 with a status for each, as application/vnd.ringcentral.multipart+json';
    const answer = await this.#ask(
      probe,
      expected,
      'Deletions wait: what they are about cannot be made sure of.',
      {
        operation: 'readMessage',
        method: 'GET',
        uri: `${MESSAGE_STORE}/${one},${two}`,
        headers: { accept: MULTI_STATUS },
      },
    );
    if (!answer) return;
    const type = mediaTypeWord(answer.headers['content-type']);
    this.#tell(
      probe,
      expected,
      `${answer.status}, ${type}`,
      answer.status === 207 && type.endsWith('multipart+json') ? undefined : 'It is read in this form, too.',
    );
  }

  async #content(records: readonly JsonRecord[]): Promise<void> {
    const probe = 'The first byte of an attachment';
    const expected = '206 with Content-Range, ETag and Content-Type';
    const attachment = records
      .flatMap((record) => recordsOf(record['attachments']))
      .find(({ uri }) => textOf(uri));
    const uri = textOf(attachment?.['uri']);
    if (uri === undefined) {
      this.#tell(probe, expected, 'not tried: there is no attachment');
      return;
    }
    try {
      const answer = await this.transport.send(
        {
          operation: 'readMessageContent',
          method: 'GET',
          uri,
          media: true,
          headers: { accept: '*/*', 'accept-encoding': 'identity', range: 'bytes=0-0' },
          dispensable: true,
        },
        (response) => {
          response.discard();
          this.#headers.note(response.headers);
          return { status: response.status, headers: response.headers };
        },
        this.signal,
      );
      const absent = ['content-range', 'etag', 'content-type'].filter(
        (name) => answer.headers[name] === undefined,
      );
      const isResumable = answer.status === 206 && !absent.some((name) => name !== 'content-type');
      const type = typeOfContent(answer.headers['content-type'], attachment?.['contentType']);
      const meanings = [
        ...(isResumable
          ? []
          : [
              'An attachment that breaks off is fetched from its beginning, unless its size tells that it is the same.',
            ]),
        ...(type.meaning === undefined ? [] : [type.meaning]),
      ];
      this.#tell(
        probe,
        expected,
        `${answer.status}, ${type.found}${without(absent)}`,
        meanings.length === 0 ? undefined : meanings.join(' '),
      );
    } catch (error) {
      this.#refused(probe, expected, error, 'Attachments may not open.');
    }
  }

  async #permissions(pushState: string): Promise<void> {
    const expected = '200, or 403 for whoever is no administrator';
    const settings = await this.#send({
      operation: 'readMessageStoreConfiguration',
      method: 'GET',
      uri: MESSAGE_STORE_CONFIGURATION,
    }).then(
      ({ status }) => String(status),
      (error: unknown) => outcomeOf(error),
    );
    this.#tell('Retention settings', expected, settings);
    const probe = 'Token for notifications';
    const answer = await this.#ask(
      probe,
      '200 with uri and ws_access_token',
      'The server is asked every minute instead.',
      {
        operation: 'createWebSocketToken',
        method: 'POST',
        uri: WEB_SOCKET_TOKEN,
      },
    );
    if (answer) {
      const token = recordOf(answer.json);
      const absent = ['uri', 'ws_access_token', 'expires_in'].filter((name) => token[name] === undefined);
      this.#tell(
        probe,
        '200 with uri and ws_access_token',
        `200${without(absent)}`,
        absent.length > 0 ? 'The server is asked every minute instead.' : undefined,
      );
    }
    this.#tell(
      'Notifications',
      'connected; elsewhere, if another window synchronizes',
      apiWord(pushState),
      pushState === 'unavailable' ? 'The server is asked every minute instead; the log says why.' : undefined,
    );
  }

  /** @returns undefined if it failed, which is told */
  async #ask(
    probe: string,
    expected: string,
    meaning: string,
    request: ApiRequest,
  ): Promise<Answer | undefined> {
    try {
      return await this.#send(request);
    } catch (error) {
      this.#refused(probe, expected, error, meaning);
      return undefined;
    }
  }

  async #send(request: ApiRequest): Promise<Answer> {
    return this.transport.send(
      { ...request, dispensable: true },
      async (response) => {
        const { status, headers } = response;
        // Whatever form the answer has is told; only JSON is looked into.
        const isJson = /\bjson\b/i.test(headers['content-type'] ?? '');
        if (!isJson) response.discard();
        this.#headers.note(headers);
        return { status, headers, json: isJson ? await readOptionalJson(response) : undefined };
      },
      this.signal,
    );
  }

  #refused(probe: string, expected: string, error: unknown, meaning: string): void {
    this.#tell(probe, expected, outcomeOf(error), meaning);
  }

  #tell(probe: string, expected: string, found: string, meaning?: string): void {
    this.#findings.push({ probe, expected, found, ...(meaning !== undefined && { meaning }) });
  }
}

function without(absent: readonly string[]): string {
  return absent.length === 0 ? '' : `; without ${absent.join(', ')}`;
}

/** What the types of a content say: that of the answer, and that of the record. */
function typeOfContent(sent: unknown, recorded: unknown): Pick<Finding, 'found' | 'meaning'> {
  const [type, expected] = [mediaTypeWord(sent), mediaTypeWord(recorded)];
  const hasExpected = expected !== NO_TYPE;
  if (hasExpected && type === expected) return { found: 'of the type that the record says' };
  return {
    found:
      hasExpected || type !== NO_TYPE
        ? `${type} where the record says ${expected}`
        : 'of no type, as in the record',
    meaning: hasExpected ? 'The type in the record counts.' : 'The first bytes tell the type.',
  };
}

/** What came of a request that failed. @throws CancelledError if that is what it was */
function outcomeOf(error: unknown): string {
  if (!(error instanceof MailboxError) || error.kind === 'cancelled') throw error;
  if (error instanceof ApiError) {
    const { status, errorCode, permission, parameter } = error;
    return [
      String(status),
      errorCode === undefined ? 'without a code' : apiWord(errorCode),
      ...(permission === undefined ? [] : [`permission ${apiWord(permission)}`]),
      ...(parameter === undefined ? [] : [`parameter ${apiWord(parameter)}`]),
    ].join(' ');
  }
  return error instanceof NetworkError ? `no answer (${error.failure})` : `failed (${error.kind})`;
}
