/** What a `when` clause comes to; undefined if that depends on what is not known. */
export type Outcome = boolean | undefined;

export const UNKNOWN = Symbol('unknown');

/** The value of a context key; `UNKNOWN` if it may be anything, undefined if it has none. */
export type ContextOf = (key: string) => string | boolean | undefined | typeof UNKNOWN;

/**
 * Evaluates a `when` clause as VS Code does, where some context keys are known and others are not.
 * @throws Error if the clause has a part that is not understood
 */
export function evaluate(clause: string, contextOf: ContextOf): Outcome {
  const parser = new Parser(clause, contextOf);
  const outcome = parser.either();
  if (parser.rest !== '') throw new Error(`The clause ${clause} is not understood from “${parser.rest}” on.`);
  return outcome;
}

/** By descent: `||` of `&&` of negations, comparisons and clauses in parentheses. */
class Parser {
  rest: string;

  constructor(
    clause: string,
    private readonly contextOf: ContextOf,
  ) {
    this.rest = clause.trim();
  }

  either(): Outcome {
    const outcomes = [this.#both()];
    while (this.#take(/^\|\|/)) outcomes.push(this.#both());
    return outcomes.includes(true) ? true : outcomes.includes(undefined) ? undefined : false;
  }

  #both(): Outcome {
    const outcomes = [this.#term()];
    while (this.#take(/^&&/)) outcomes.push(this.#term());
    return outcomes.includes(false) ? false : outcomes.includes(undefined) ? undefined : true;
  }

  #term(): Outcome {
    if (this.#take(/^!/)) return not(this.#term());
    if (this.#take(/^\(/)) {
      const outcome = this.either();
      if (!this.#take(/^\)/)) throw new Error(`There is no “)” before “${this.rest}”.`);
      return outcome;
    }
    const key = this.#take(/^[^\s!=<>&|()~']+/);
    if (key === undefined) throw new Error(`There is no context key at “${this.rest}”.`);
    if (key === 'true' || key === 'false') return key === 'true';
    return this.#comparison(this.contextOf(key));
  }

  #comparison(value: ReturnType<ContextOf>): Outcome {
    const operator = this.#take(/^(==|!=|=~|>=|<=|>|<|not in\b|in\b)/);
    if (operator === undefined) return value === UNKNOWN ? undefined : Boolean(value);
    if (operator === '=~') {
      const pattern = this.#take(/^\/(?:\\.|[^\\/])*\/[a-z]*/) ?? '';
      const end = pattern.lastIndexOf('/');
      if (value === UNKNOWN) return undefined;
      return new RegExp(pattern.slice(1, end), pattern.slice(end + 1)).test(String(value ?? ''));
    }
    const operand = (this.#take(/^'[^']*'|^[^\s&|()]+/) ?? '').replaceAll("'", '');
    if (value === UNKNOWN) return undefined;
    switch (operator) {
      case '==':
        return String(value ?? '') === operand;
      case '!=':
        return String(value ?? '') !== operand;
      default:
        // Numbers and lists: nothing that is known is one.
        return undefined;
    }
  }

  #take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.rest = this.rest.slice(found.length).trimStart();
    return found;
  }
}

function not(outcome: Outcome): Outcome {
  return outcome === undefined ? undefined : !outcome;
}
