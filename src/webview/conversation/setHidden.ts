/**
 * Hides something, or shows it again.
 * @param focusElse gives the focus to something else; called if it is in what is hidden, where it would be lost
 */
export function setHidden(target: HTMLElement, hidden: boolean, focusElse: () => void): void {
  const hadFocus = hidden && target.contains(document.activeElement);
  target.hidden = hidden;
  if (hadFocus) focusElse();
}
