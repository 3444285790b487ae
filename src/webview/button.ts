import { element } from './element';
import { icon, type IconName } from './icons';

export interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  /** Shows the icon alone; the label stays as tooltip and accessible name. */
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
    attributes: { type: 'button', ...(compact || name !== label ? { 'aria-label': name } : {}) },
    children: [options.icon && icon(options.icon), compact ? undefined : element('span', { text: label })],
  });
  if (compact) made.title = label;
  made.addEventListener('click', () => options.onClick());
  return made;
}
