import { element } from './element';
import type { Host } from './host';
import { findLinks } from './links';

/** A link that the host opens, after VS Code's own question. */
export function link(text: string, href: string, host: Host): HTMLAnchorElement {
  const made = element('a', { text, attributes: { href, rel: 'noreferrer' } });
  if (!saysTarget(text, href)) made.title = href;
  made.addEventListener('click', (event) => {
    // VS Code listens for clicks on links as well, and would open it a second time.
    event.preventDefault();
    event.stopPropagation();
    host.openLink(href);
  });
  return made;
}

/** Whether a text tells by itself where it leads. A tooltip that is the same would be said after it. */
function saysTarget(text: string, href: string): boolean {
  if (href.startsWith('tel:')) return href === `tel:${text.replace(/[^\d+*#,;]/g, '')}`;
  return ['', 'mailto:', 'http://', 'https://'].some((scheme) => href === scheme + text);
}

/** Fills `target` with a text, its links made to work. */
export function setLinkedText(target: Element, text: string, host: Host): void {
  target.replaceChildren();
  // One by one: there may be more than a call can have arguments.
  for (const part of findLinks(text)) {
    target.append(part.href === undefined ? part.text : link(part.text, part.href, host));
  }
}
