import { element } from './element';

/** Says to a screen reader what has changed somewhere else than where one is. */
export class Announcer {
  readonly element = element('p', { class: 'visually-hidden', attributes: { role: 'status' } });

  say(text: string): void {
    this.element.textContent = text;
  }
}
