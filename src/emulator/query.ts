import { invalidParameter } from './requestError';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const INT32_MAX = 2 ** 31 - 1;

/**
 * The query of a request. Each reader gives `undefined` for a parameter that is absent or empty, and throws
 * RequestError (400 CMN-101 naming the parameter) for a value that is not of its kind. Lists are accepted as repeated
 * parameters and as one with commas.
 */
export class Query {
  constructor(private readonly parameters: URLSearchParams) {}

  string(name: string): string | undefined {
    const value = this.parameters.get(name);
    return value === null || value === '' ? undefined : value;
  }

  strings(name: string): readonly string[] | undefined {
    const values = this.parameters.getAll(name).flatMap((value) => value.split(','));
    const present = values.map((value) => value.trim()).filter((value) => value !== '');
    return present.length > 0 ? present : undefined;
  }

  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
    const value = this.string(name);
    return value === undefined ? undefined : known(name, value, allowed);
  }

  someOf<Value extends string>(name: string, allowed: readonly Value[]): readonly Value[] | undefined {
    return this.strings(name)?.map((value) => known(name, value, allowed));
  }

  /** Decimal ids, as strings. */
  ids(name: string): readonly string[] | undefined {
    return this.strings(name)?.map((value) => {
      if (!/^\d+$/.test(value)) throw invalidParameter(name, value);
      return value;
    });
  }

  id(name: string): string | undefined {
    const ids = this.ids(name);
    if (ids && ids.length > 1) throw invalidParameter(name, ids.join(','));
    return ids?.[0];
  }

  integer(name: string, minimum: number): number | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < minimum || number > INT32_MAX) throw invalidParameter(name, value);
    return number;
  }

  boolean(name: string): boolean | undefined {
    const value = this.oneOf(name, ['true', 'false']);
    return value === undefined ? undefined : value === 'true';
  }

  /** ISO 8601 as ms since the epoch; UTC where no zone is given. */
  date(name: string): number | undefined {
    const value = this.string(name);
    if (value === undefined) return undefined;
    const zoned = value.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? `${value}Z` : value;
    const time = ISO_DATE.test(value) ? Date.parse(zoned) : NaN;
    if (Number.isNaN(time)) throw invalidParameter(name, value);
    return time;
  }
}

function known<Value extends string>(name: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw invalidParameter(name, value);
  return found;
}
