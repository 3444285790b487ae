import type * as vscode from 'vscode';
import type { DocumentMemory, DocumentMemoryChange, Rotation } from './protocol';

const KEY = 'viewer.documents';
/** How many rotations are kept; the longest unchanged go first. */
const ROTATION_LIMIT = 500;

/** As `DocumentMemory`, with the rotations of every account, because attachments of two may have the same id. */
interface StoredMemory extends Omit<DocumentMemory, 'rotations'> {
  /** The longest unchanged first. */
  readonly turned: readonly Turned[];
}

interface Turned {
  readonly accountId: string;
  readonly attachmentId: string;
  readonly rotation: Rotation;
}

/** What is remembered of how documents are shown, in VS Code's global state. */
export class DocumentMemories {
  constructor(private readonly state: vscode.Memento) {}

  /** What a page about something of the account needs to know. */
  of(accountId: string): DocumentMemory {
    const { turned, ...rest } = this.#stored;
    const own = turned.filter((each) => each.accountId === accountId);
    return {
      ...rest,
      rotations: Object.fromEntries(own.map(({ attachmentId, rotation }) => [attachmentId, rotation])),
    };
  }

  remember(accountId: string, change: DocumentMemoryChange): void {
    void this.state.update(KEY, changed(this.#stored, accountId, change));
  }

  get #stored(): StoredMemory {
    return this.state.get<StoredMemory>(KEY) ?? { turned: [], inverted: [] };
  }
}

function changed(memory: StoredMemory, accountId: string, change: DocumentMemoryChange): StoredMemory {
  switch (change.what) {
    case 'rotation': {
      const { attachmentId, rotation } = change;
      return { ...memory, turned: withRotation(memory.turned, { accountId, attachmentId, rotation }) };
    }
    case 'inverted': {
      const others = memory.inverted.filter((theme) => theme !== change.theme);
      return { ...memory, inverted: change.on ? [...others, change.theme] : others };
    }
    case 'thumbnails':
      return { ...memory, thumbnails: change.on };
  }
}

/** The newest last; one that is upright is not worth keeping. */
function withRotation(turned: readonly Turned[], change: Turned): readonly Turned[] {
  const others = turned.filter(
    ({ accountId, attachmentId }) => accountId !== change.accountId || attachmentId !== change.attachmentId,
  );
  const all = change.rotation === 0 ? others : [...others, change];
  return all.slice(-ROTATION_LIMIT);
}
