/**
 * What is seen of a text: letters, digits, signs, emoji newer than this program; not what only controls, joins or keeps a
 * place for something else.
 */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\ufffc\u115f\u1160\u2800\u3164\uffa0]/u;

/** Whether there is anything to be seen in a text. */
export function hasVisible(text: string): boolean {
  return VISIBLE.test(text);
}
