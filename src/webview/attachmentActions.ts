import type { AttachmentView } from '../viewers/protocol';
import { button } from './button';
import { element } from './element';
import type { Page } from './page';
import { fill } from './text';

/** The two things that can be done with any attachment. What becomes of them, VS Code says. */
export function attachmentActions(page: Page, attachment: AttachmentView, compact: boolean): HTMLElement {
  const { host, strings } = page;
  const actions = element('div', { class: 'actions' });
  const action = (
    options: { label: string; name: string; icon: 'save' | 'external'; primary?: boolean },
    run: () => Promise<void>,
  ): HTMLButtonElement => {
    const made = button({
      ...options,
      compact,
      onClick: () => {
        // Not `disabled`, which would take the focus from somebody who uses the keyboard.
        if (made.getAttribute('aria-disabled') === 'true') return;
        made.setAttribute('aria-disabled', 'true');
        run()
          .catch((error: unknown) => console.error(error))
          .finally(() => made.removeAttribute('aria-disabled'));
      },
    });
    return made;
  };
  actions.append(
    action(
      { label: strings.save, name: fill(strings.saveNamed, attachment.name), icon: 'save', primary: true },
      () => host.save(attachment),
    ),
    action(
      {
        label: strings.openExternally,
        name: fill(strings.openExternallyNamed, attachment.name),
        icon: 'external',
      },
      () => host.openExternally(attachment),
    ),
  );
  return actions;
}
