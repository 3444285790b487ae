import type { DocumentMemory, PageMemory } from '../viewers/protocol';
import type { Strings } from '../viewers/strings';
import type { Announcer } from './announcer';
import type { DateFormat } from './dates';
import type { Host } from './host';
import type { PageState } from './pageState';
import type { PlayRequest } from './sound/playRequest';
import type { PlayThrough } from './sound/playThrough';
import { SoundSettings } from './sound/soundSettings';
import { pageLocale } from './text';

/** What everything on a page needs. */
export interface Page {
  readonly host: Host;
  readonly strings: Strings;
  readonly dates: DateFormat;
  readonly state: PageState;
  /** As it was when the page was loaded, or the tab was used for this message. */
  readonly documents: DocumentMemory;
  readonly announcer: Announcer;
  readonly sound: SoundSettings;
  readonly through: PlayThrough;
  readonly playRequest: PlayRequest;
}

/** Makes a page of its lasting parts and of what the host begins with. */
export function pageOf(
  parts: Pick<Page, 'host' | 'state' | 'announcer' | 'through' | 'playRequest'>,
  { strings, memory }: { readonly strings: Strings; readonly memory: PageMemory },
): Page {
  return {
    ...parts,
    strings,
    dates: pageDates,
    documents: memory.documents,
    sound: new SoundSettings(memory.sound, parts.host),
  };
}

const pageDates: DateFormat = { locale: pageLocale };

/** The element that the page fills. */
export function pageRoot(): HTMLElement {
  const root = document.getElementById('page');
  if (!root) throw new TypeError('The document has no element "page".');
  return root;
}
