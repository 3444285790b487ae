/** `text` as pickers show it literally: what others wrote must not become one of VS Code's icons, such as `$(trash)`. */
export function withoutIcons(text: string): string {
  return text.replace(/\$\([\w~-]+\)/g, '\\$&');
}
