import type { Badge, MessageView } from '../viewers/protocol';
import { fullTime } from './dates';
import { element } from './element';
import { icon } from './icons';
import type { Page } from './page';

/** Who, what and when, above a message. */
export function messageHeader(message: MessageView, page: Page): HTMLElement {
  const facts = [fullTime(message.time, page.dates), ...message.facts].filter(Boolean);
  return element('header', {
    class: 'message-head',
    children: [
      element('div', { class: 'avatar', children: [icon(message.icon)] }),
      element('div', {
        class: 'message-who',
        children: [
          element('p', {
            class: 'heading',
            children: [element('span', { text: message.heading }), ...message.badges.map(badge)],
          }),
          element('h1', { text: message.party }),
          dotted('details', message.details),
          dotted('facts', facts),
          message.failure === undefined
            ? undefined
            : element('p', {
                class: 'failure-reason',
                children: [icon('warning'), element('span', { text: message.failure })],
              }),
        ],
      }),
    ],
  });
}

export function badge({ kind, text }: Badge): HTMLElement {
  return element('span', { class: `badge ${kind}`, text });
}

/** Short texts in a row, which breaks between them. */
export function dotted(name: string, texts: readonly string[]): HTMLElement | undefined {
  if (texts.length === 0) return undefined;
  return element('p', { class: `dotted ${name}`, children: texts.map((text) => element('span', { text })) });
}
