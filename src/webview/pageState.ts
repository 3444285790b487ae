import type { SubjectRef } from '../viewers/protocol';

interface StateApi {
  getState(): unknown;
  setState(state: unknown): void;
}

/** What VS Code keeps for a page over reloads of the window, under names of the page's own. */
export class PageState {
  #values: Readonly<Record<string, unknown>>;

  constructor(private readonly api: StateApi) {
    const kept = api.getState();
    this.#values = typeof kept === 'object' && kept !== null ? { ...kept } : {};
  }

  /** Whatever was kept, possibly by an older version of the page. */
  get(name: string): unknown {
    return this.#values[name];
  }

  set(name: string, value: unknown): void {
    this.#values = { ...this.#values, [name]: value };
    this.api.setState(this.#values);
  }

  /** Says what the page is about; what was kept of something else is forgotten. */
  begin(subject: SubjectRef): void {
    if (JSON.stringify(this.#values.subject) !== JSON.stringify(subject)) this.#values = {};
    this.set('subject', subject);
  }
}
