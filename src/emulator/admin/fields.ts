import { isObject } from '../requestBody';
import { invalidParameter } from '../requestError';

/**
 * Typed access to the fields of a JSON object. Each reader gives `undefined` for a field that is absent or null, and
 * throws RequestError (400, naming the field) for one of another type.
 */
export class Fields {
  constructor(readonly values: Readonly<Record<string, unknown>>) {}

  string(name: string): string | undefined {
    const value = this.#present(name);
    if (value !== undefined && typeof value !== 'string') throw invalidParameter(name);
    return value;
  }

  /** Not negative. */
  number(name: string): number | undefined {
    const value = this.#present(name);
    if (value !== undefined && (typeof value !== 'number' || value < 0)) throw invalidParameter(name);
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.#present(name);
    if (value !== undefined && typeof value !== 'boolean') throw invalidParameter(name);
    return value;
  }

  /** A decimal id, given as a number or as text. */
  id(name: string): string | undefined {
    const value = this.#present(name);
    if (value === undefined) return undefined;
    const id = typeof value === 'number' ? String(value) : value;
    if (typeof id !== 'string' || !/^\d+$/.test(id)) throw invalidParameter(name);
    return id;
  }

  /** ISO 8601, in the form of `Date.toISOString`. */
  time(name: string): string | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) throw invalidParameter(name, text);
    return time.toISOString();
  }

  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
    const value = this.string(name);
    const found = allowed.find((candidate) => candidate === value);
    if (value !== undefined && found === undefined) throw invalidParameter(name, value);
    return found;
  }

  someOf<Value extends string>(name: string, allowed: readonly Value[]): readonly Value[] | undefined {
    const values = this.#present(name);
    if (values === undefined) return undefined;
    if (!Array.isArray(values)) throw invalidParameter(name);
    return values.map((value: unknown) => {
      const found = allowed.find((candidate) => candidate === value);
      if (found === undefined) throw invalidParameter(name, String(value));
      return found;
    });
  }

  object(name: string): Fields | undefined {
    const value = this.#present(name);
    if (value !== undefined && !isObject(value)) throw invalidParameter(name);
    return value && new Fields(value);
  }

  objects(name: string): readonly Fields[] | undefined {
    const value = this.#present(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every(isObject)) throw invalidParameter(name);
    return value.map((item) => new Fields(item));
  }

  #present(name: string): unknown {
    return this.values[name] ?? undefined;
  }
}
