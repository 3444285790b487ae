import { LONGEST_QUERY } from '../viewers/conversationProtocol';
import type { Strings } from '../viewers/strings';
import { button } from './button';
import { element } from './element';
import { fill } from './text';

export interface FindState {
  readonly matches: number;
  /** Counted from 1; 0 if there is none. */
  readonly current: number;
  /** Whether everything has been looked through. */
  readonly finished: boolean;
}

export interface FindBarEvents {
  onQuery(query: string): void;
  onMove(step: 1 | -1): void;
  onClose(): void;
}

/** Milliseconds without a key before it is searched. */
const PAUSE = 150;

/** Where one says what to find; or, of a document without text, that there is nothing to find. */
export class FindBar {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement | undefined;
  readonly #status = element('span', { class: 'find-status', attributes: { role: 'status' } });
  #typing: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  constructor(
    private readonly strings: Strings,
    private readonly events: FindBarEvents,
    searchable: boolean,
    label: string = strings.findInDocument,
  ) {
    this.element = element('div', {
      class: 'find',
      attributes: { role: 'search' },
    });
    this.element.hidden = true;
    const close = button({
      label: strings.closeFind,
      icon: 'close',
      compact: true,
      onClick: () => this.close(),
    });
    if (searchable) {
      this.#input = element('input', {
        class: 'field',
        attributes: {
          type: 'text',
          maxlength: String(LONGEST_QUERY),
          'aria-label': label,
          placeholder: strings.find,
        },
      });
      this.#input.addEventListener('input', () => this.#typed());
      const move = (step: 1 | -1): void => this.events.onMove(step);
      this.element.append(
        this.#input,
        this.#status,
        button({ label: strings.findPrevious, icon: 'up', compact: true, onClick: () => move(-1) }),
        button({ label: strings.findNext, icon: 'down', compact: true, onClick: () => move(1) }),
        close,
      );
    } else this.element.append(this.#status, close);
    this.element.addEventListener('keydown', (event) => this.#keyDown(event));
  }

  /** @param query what was looked for when the page was left */
  open(query?: string): void {
    this.element.hidden = false;
    if (this.#input) {
      if (query !== undefined) this.#input.value = query;
      this.#input.focus();
      this.#input.select();
      this.#ask();
    } else {
      this.#status.textContent = this.strings.noText;
      this.element.querySelector('button')?.focus();
    }
  }

  close(): void {
    clearTimeout(this.#typing);
    this.element.hidden = true;
    this.#asked = '';
    this.#status.textContent = '';
    this.events.onClose();
  }

  show({ matches, current, finished }: FindState): void {
    const { strings } = this;
    if (matches > 0) this.#status.textContent = fill(strings.matchOf, current, matches);
    else if (this.#asked.trim() === '') this.#status.textContent = '';
    else this.#status.textContent = finished ? strings.noMatches : strings.searching;
  }

  #typed(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#ask(), PAUSE);
  }

  #ask(): void {
    clearTimeout(this.#typing);
    const query = this.#input?.value ?? '';
    if (query === this.#asked) return;
    this.#asked = query;
    this.events.onQuery(query);
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.#input) {
      if (this.#input.value !== this.#asked) this.#ask();
      else this.events.onMove(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
