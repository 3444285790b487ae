/** UTF-16 units of a name that may be a placeholder; longer ones say more. */
const LONGEST = 60;

/** Words that networks and telephones put where they know no name, in the languages of the countries that are served. */
const PLACEHOLDER_WORDS = new Set(
  [
    'unknown unavailable anonymous private restricted withheld blocked hidden suppressed unlisted unidentified',
    'none null undefined wireless cellular cell mobile landline payphone tollfree toll na',
    'unbekannt unbekannter anonym anonymer unterdruckt',
    'inconnu inconnue masque prive privee anonyme indisponible',
    'desconocido desconocida anonimo anonima privado privada oculto restringido',
    'sconosciuto sconosciuta privato anonimo nascosto',
    'desconhecido desconhecida onbekend onbekende anoniem prive afgeschermd',
    'ukendt ukjent okand okant tuntematon nieznany nieznana neznamy ismeretlen bilinmeyen necunoscut',
    'неизвестно неизвестный неизвестен скрытый невідомий αγνωστο αγνωστος',
    '不明 非通知 非通知設定 公衆電話 匿名 未知 未知号码 未知來電 无法显示 私人号码',
    '알수없음 알 없음 발신번호표시제한 익명 مجهول خاص محجوب חסוי אנונימי ไม่ทราบ',
  ].flatMap(wordsOf),
);

/** Words that stand beside those, and alone are no placeholder. */
const FILLER_WORDS = new Set(
  [
    'caller callers call name number phone id no not out of area is available free the a s',
    'anrufer nummer rufnummer name teilnehmer numero appelant nom de llamada nombre numer nummer beller',
    'chiamante nome chamador abonent abonnent номер абонент 수',
  ].flatMap(wordsOf),
);

/** What networks put for a caller without a name: a city and its state, padded to fifteen characters. */
const CITY_AND_STATE = /^[A-Z][A-Z .'-]{1,11} {2,}[A-Z]{2}$/;

/** Placeholders without any of `PLACEHOLDER_WORDS`. */
const PHRASES = new Set([
  'no name',
  'no number',
  'no caller id',
  'out of area',
  'not available',
  'caller',
  'n a',
]);

/**
 * Whether a name is a placeholder: "Unknown", "WIRELESS CALLER", "Cell Phone   NY", "Out of Area", "SAN MATEO    CA", or nothing
 * that a name could be made of.
 */
export function isPlaceholderName(name: string): boolean {
  if (name.length > LONGEST) return false;
  const words = wordsOf(name);
  if (CITY_AND_STATE.test(name)) return true;
  if (words.length === 0) return !/\p{S}/u.test(name);
  if (PHRASES.has(words.join(' '))) return true;
  // Networks put the state behind: two letters.
  const said = words.length > 1 && /^[a-z]{2}$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words;
  if (PHRASES.has(said.join(' '))) return true;
  return (
    said.some((word) => PLACEHOLDER_WORDS.has(word)) &&
    said.every((word) => PLACEHOLDER_WORDS.has(word) || FILLER_WORDS.has(word))
  );
}

/** Without case and accents. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
