import { element } from './element';
import { icon, type IconName } from './icons';

export interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  /** Shows the icon alone; the name stays as tooltip. */
  readonly compact?: boolean;
  readonly primary?: boolean;
  /** Accessible name where the label alone does not tell it from other buttons. */
  readonly name?: string;
  onClick(): void;
}

export function button(options: ButtonOptions): HTMLButtonElement {
  const { label, name = label, compact = false } = options;
  const kind = compact ? 'compact' : options.primary ? 'primary' : 'secondary';
  const made = element('button', {
    class: `button ${kind}`,
    attributes: { type: 'button', ...(!compact && name !== label ? { 'aria-label': name } : {}) },
    children: [options.icon && icon(options.icon), compact ? undefined : element('span', { text: label })],
  });
  // Of an icon that is the accessible name as well. With `aria-label` beside it, screen readers would say both.
  if (compact) made.title = name;
  made.addEventListener('click', () => options.onClick());
  return made;
}
