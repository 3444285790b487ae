import { ApiError } from '../../api/errors';
import type { Features } from '../../api/features';

/** The features that allow shared messages to be asked for (FACTS, Seen in RingCentral's own client). */
export const SHARED_VOICEMAIL = 'SharedVoicemail';
export const SHARED_SMS = 'CallQueueSmsRecipient';

/** What the signed-in server was found to support. Kept with the state of the synchronization. */
export interface ServerSupport {
  /** By feature; one that no answer has spoken of counts as not available. */
  readonly features: Readonly<Record<string, boolean>>;
  /** Optional parameters that the server has refused, and is not sent any more. */
  readonly refused?: readonly RefusableParameter[];
  /** Records per page: it refuses to give more at once. 0 if it refuses to be told any number. */
  readonly largestPage?: number;
  /** Milliseconds: it refuses to look back for longer. */
  readonly longestPast?: number;
  /** When that was found out last; milliseconds since the epoch. */
  readonly limitedAt?: number;
}

type RefusableParameter = 'owner' | 'availability';

export const NOTHING_KNOWN: ServerSupport = { features: {} };

/** The parameters of a request that a server may refuse, as it is sent. */
export interface OptionalParameters {
  /** ISO 8601. */
  readonly dateFrom: string;
  readonly owner?: 'Any';
  readonly availability?: readonly string[];
  /** Records per page: `recordCount` or `perPage`. */
  readonly pageSize?: number;
}

/** What can be done without, or with less of, in the order in which it best can be; and what servers call it. */
const OPTIONAL = [
  ['owner', /owner/i],
  ['pageSize', /recordCount|perPage/i],
  ['dateFrom', /dateFrom/i],
  ['availability', /availability/i],
] as const satisfies readonly (readonly [keyof OptionalParameters, RegExp])[];

type Optional = (typeof OPTIONAL)[number][0];

/** What is tried after a page of another size was refused. */
const SMALLER_PAGES = [250, 100, 0];

const DAY = 24 * 60 * 60 * 1000;

/** What is tried after a longer time was refused; milliseconds, a day less than what servers may have as a limit. */
const SHORTER_PASTS = [5 * 365, 2 * 365, 365, 90, 30].map((days) => (days - 1) * DAY);

/** Whether shared messages may be asked for, and are not refused all the same. */
export function asksForShared({ features, refused }: ServerSupport): boolean {
  const isAllowed = features[SHARED_VOICEMAIL] === true || features[SHARED_SMS] === true;
  return isAllowed && !refused?.includes('owner');
}

/** Milliseconds after which it is tried again whether a server refuses something: it may have been a mistake, or be mended. */
const LIMITS_LAST = 7 * DAY;

/** What still counts of what was found out. */
export function stillKnown(known: ServerSupport, now: number): ServerSupport {
  const { features, limitedAt = now } = known;
  return now - limitedAt < LIMITS_LAST ? known : { features };
}

/** What is known after the features were read: only what an answer says changes what is known. */
export function withFeatures(known: ServerSupport, answer: Features): ServerSupport {
  const features = Object.fromEntries(
    [SHARED_VOICEMAIL, SHARED_SMS].map((id) => [id, answer.get(id) ?? known.features[id] ?? false]),
  );
  const isShared = Object.values(features).includes(true);
  // Whoever gets the feature again later may ask again.
  const refused = (known.refused ?? []).filter((parameter) => isShared || parameter !== 'owner');
  const { refused: _former, ...others } = known;
  return { ...others, features, ...(refused.length > 0 && { refused }) };
}

/**
 * What is to be tried, one after the other, after the server has refused a request: the same without, or with less of, the
 * parameter that it names. If it names none, every parameter that can be done without is tried by itself, so that none is
 * given up without need, and then ever more of them together.
 */
export function alternatives(
  known: ServerSupport,
  sent: OptionalParameters,
  error: unknown,
): readonly ServerSupport[] {
  if (!isRefusal(error)) return [];
  if (error.parameter !== undefined) {
    const named = optionalNamed(error);
    return named ? reduced(known, named, sent) : [];
  }
  // What lacks a right is hardly mended by asking for less, except for what needs one of its own.
  if (error.kind === 'appPermission' || error.kind === 'userPermission') return without(known, 'owner', sent);
  const each = OPTIONAL.map(([parameter]) => reduced(known, parameter, sent));
  return [...each.flat(), ...together(known, each)];
}

/** Ever less of everything, beginning with what can best be done without. */
function together(known: ServerSupport, each: readonly (readonly ServerSupport[])[]): ServerSupport[] {
  const combined: ServerSupport[] = [];
  let support = known;
  for (const levels of each) {
    for (const level of levels) {
      const refused = [...new Set([...(support.refused ?? []), ...(level.refused ?? [])])];
      combined.push({ ...support, ...level, ...(refused.length > 0 && { refused }) });
    }
    support = combined.at(-1) ?? support;
  }
  return combined.slice(1);
}

/** Whether a request was refused for one of its parameters, or for a want of rights, which may be those that one needs. */
export function isRefusal(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const { kind, status } = error;
  const isOfParameter = kind === 'notFound' && optionalNamed(error) !== undefined;
  return kind === 'invalidParameter' || kind === 'featureUnavailable' || status === 403 || isOfParameter;
}

function optionalNamed({ parameter }: ApiError): Optional | undefined {
  return OPTIONAL.find(([, name]) => parameter !== undefined && name.test(parameter))?.[0];
}

/** Ever less of a parameter that the server refuses. */
function reduced(known: ServerSupport, parameter: Optional, sent: OptionalParameters): ServerSupport[] {
  switch (parameter) {
    case 'owner':
    case 'availability':
      return without(known, parameter, sent);
    case 'pageSize': {
      const { pageSize = 0 } = sent;
      return SMALLER_PAGES.filter((size) => size < pageSize).map((largestPage) => ({
        ...known,
        largestPage,
      }));
    }
    case 'dateFrom': {
      const past = Math.min(Date.now() - Date.parse(sent.dateFrom), known.longestPast ?? Infinity);
      return SHORTER_PASTS.filter((shorter) => shorter < past).map((longestPast) => ({
        ...known,
        longestPast,
      }));
    }
  }
}

function without(
  known: ServerSupport,
  parameter: RefusableParameter,
  sent: OptionalParameters,
): ServerSupport[] {
  return sent[parameter] === undefined ? [] : [{ ...known, refused: [...(known.refused ?? []), parameter] }];
}

/** Whether that was stored as what is known of a server. */
export function isServerSupport(value: unknown): value is ServerSupport {
  if (typeof value !== 'object' || value === null) return false;
  const { features, refused, largestPage, longestPast, limitedAt } = value as {
    readonly [Field in keyof ServerSupport]?: unknown;
  };
  return (
    typeof features === 'object' &&
    features !== null &&
    Object.values(features).every((available) => typeof available === 'boolean') &&
    (refused === undefined || Array.isArray(refused)) &&
    [largestPage, longestPast, limitedAt].every(
      (number) => number === undefined || typeof number === 'number',
    )
  );
}
