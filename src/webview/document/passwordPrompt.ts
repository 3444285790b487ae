import type { AttachmentView } from '../../viewers/protocol';
import { attachmentActions } from '../attachmentActions';
import { button } from '../button';
import { element } from '../element';
import { icon } from '../icons';
import type { Page } from '../page';

/**
 * Asks for the password of a document, until it is the right one. What is typed goes to `onPassword` and nowhere else: it is
 * neither kept, nor written down, nor told to the host. Saving and opening externally stay beside the document's name.
 */
export class PasswordPrompt {
  readonly element: HTMLElement;
  readonly #field: HTMLInputElement;
  readonly #form: HTMLFormElement;
  readonly #open: HTMLButtonElement;
  readonly #problem: HTMLElement;
  readonly #words: HTMLElement;

  constructor(
    private readonly page: Page,
    private readonly attachment: AttachmentView,
    private onPassword: (password: string) => void,
  ) {
    const { strings } = page;
    const id = `password-${attachment.attachmentId}`;
    this.#field = element('input', {
      class: 'field',
      attributes: {
        id,
        type: 'password',
        autocomplete: 'off',
        spellcheck: 'false',
        'aria-describedby': `${id}-problem`,
      },
    });
    this.#open = button({ label: strings.openDocument, primary: true, onClick: () => this.#submit() });
    this.#problem = element('p', {
      class: 'password-problem',
      attributes: { id: `${id}-problem`, role: 'alert' },
    });
    this.#form = element('form', {
      class: 'password-form',
      children: [
        element('label', { text: strings.password, attributes: { for: id } }),
        this.#field,
        this.#open,
        this.#problem,
      ],
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#words = element('div', {
      children: [
        element('p', { class: 'strong', text: strings.passwordNeeded }),
        element('p', { class: 'muted', text: strings.passwordStays }),
        this.#form,
      ],
    });
    this.element = element('div', {
      class: 'notice password',
      children: [icon('lock'), this.#words],
    });
  }

  /** The password was another one. */
  askAgain(onPassword: (password: string) => void): void {
    this.onPassword = onPassword;
    this.#setBusy(false);
    this.#problem.textContent = this.page.strings.passwordWrong;
    this.#field.setAttribute('aria-invalid', 'true');
    this.#field.focus();
  }

  /** The document is open; it takes this place, and the focus if that was here. */
  finish(shown: HTMLElement, focusable: HTMLElement | null): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceWith(shown);
    if (hadFocus) focusable?.focus({ preventScroll: true });
  }

  /** The document cannot be shown, for all that the password may have been right. */
  fail(sentence: string): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.#words.replaceChildren(
      element('p', { class: 'strong', text: sentence, attributes: { role: 'alert' } }),
      element('p', { class: 'muted', text: this.page.strings.cannotShowHint }),
    );
    const actions = attachmentActions(this.page, this.attachment, false);
    this.element.append(actions);
    if (hadFocus) actions.querySelector('button')?.focus({ preventScroll: true });
  }

  #submit(): void {
    const { value } = this.#field;
    if (value === '' || this.#field.readOnly) return;
    this.#field.value = '';
    this.#problem.textContent = '';
    this.#field.removeAttribute('aria-invalid');
    this.#setBusy(true);
    this.onPassword(value);
  }

  /** The field stays as it is, so that it keeps the focus. */
  #setBusy(busy: boolean): void {
    this.#field.readOnly = busy;
    this.#open.setAttribute('aria-disabled', String(busy));
    this.#form.setAttribute('aria-busy', String(busy));
  }
}
