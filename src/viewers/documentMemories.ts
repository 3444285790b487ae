import type * as vscode from 'vscode';
import type { DocumentMemory, MemoryChange, Rotation } from './protocol';

const KEY = 'viewer.documents';
/** How many rotations are kept; the longest unchanged go first. */
const ROTATION_LIMIT = 500;

/** What is remembered of how documents are shown, in VS Code's global state. */
export class DocumentMemories {
  constructor(private readonly state: vscode.Memento) {}

  current(): DocumentMemory {
    return this.state.get<DocumentMemory>(KEY) ?? { rotations: {}, inverted: [] };
  }

  remember(change: MemoryChange): void {
    void this.state.update(KEY, changed(this.current(), change));
  }
}

function changed(memory: DocumentMemory, change: MemoryChange): DocumentMemory {
  switch (change.what) {
    case 'rotation':
      return { ...memory, rotations: withRotation(memory.rotations, change.attachmentId, change.rotation) };
    case 'inverted': {
      const others = memory.inverted.filter((theme) => theme !== change.theme);
      return { ...memory, inverted: change.on ? [...others, change.theme] : others };
    }
    case 'thumbnails':
      return { ...memory, thumbnails: change.on };
  }
}

/** The newest last; one that is upright is not worth keeping. */
function withRotation(
  rotations: DocumentMemory['rotations'],
  attachmentId: string,
  rotation: Rotation,
): DocumentMemory['rotations'] {
  const others = Object.entries(rotations).filter(([id]) => id !== attachmentId);
  const all = rotation === 0 ? others : [...others, [attachmentId, rotation] as const];
  return Object.fromEntries(all.slice(-ROTATION_LIMIT));
}
