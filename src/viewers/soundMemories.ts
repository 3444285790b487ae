import type * as vscode from 'vscode';
import { isSoundMemory, type SoundMemory } from './protocol';

const KEY = 'viewer.sound';
const AT_FIRST: SoundMemory = { volume: 1, muted: false, rate: 1, skipSilence: false };

/** How the user likes to listen, in VS Code's global state. */
export class SoundMemories {
  constructor(private readonly state: vscode.Memento) {}

  current(): SoundMemory {
    const kept = this.state.get(KEY);
    return isSoundMemory(kept) ? kept : AT_FIRST;
  }

  remember(sound: SoundMemory): void {
    void this.state.update(KEY, sound);
  }
}
