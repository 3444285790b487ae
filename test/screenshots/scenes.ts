import { expect } from '@playwright/test';
import { inkOf } from '../e2e/pages/canvas';
import type { Workbench } from '../e2e/pages/workbench';

export interface Scene {
  /** Of the picture's file, before the theme. */
  readonly name: string;
  /** Brings the workbench, which shows the sample mailbox, to what is pictured. */
  readonly arrange: (workbench: Workbench) => Promise<void>;
}

export const scenes: readonly Scene[] = [
  {
    name: 'conversation',
    arrange: async (workbench) => {
      await workbench.messages.row(/^Voicemail/).collapse();
      const conversation = workbench.messages.row(/^Maya Okafor/);
      await conversation.choose('Open', { shows: workbench.tab(/^Maya Okafor/) });
      await conversation.expand();
      await workbench.webview.getByText('lemon tree').first().waitFor();
    },
  },
  {
    name: 'voicemail',
    arrange: async (workbench) => {
      await workbench.messages.row(/^Voicemail from Mom,/).open({ shows: workbench.tab(/^Mom/) });
      await workbench.webview.getByText('Transcription').waitFor();
      const audio = workbench.webview.locator('audio');
      await expect
        .poll(() => audio.evaluate((element: HTMLAudioElement) => element.duration))
        .toBeGreaterThan(1);
    },
  },
  {
    name: 'pictures',
    arrange: async (workbench) => {
      const { messages, webview } = workbench;
      await messages.row(/^Voicemail/).collapse();
      await messages.row(/^Maya Okafor/).choose('Open', { shows: workbench.tab(/^Maya Okafor/) });
      await webview.getByRole('button', { name: 'Open stair.jpg' }).click();
      await webview.getByRole('button', { name: /^site-plan\.png, / }).click();
      await webview.getByRole('img', { name: 'site-plan.png' }).waitFor();
      await webview.locator('.strip').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'fax',
    arrange: async (workbench) => {
      await workbench.messages.row(/^Voicemail/).collapse();
      await workbench.messages.row(/^Text Messages/).collapse();
      await workbench.messages.row(/^Fern & Ladle,/).open({ shows: workbench.tab(/^Fern & Ladle/) });
      await expect
        .poll(() => inkOf(workbench.webview.locator('.sheet canvas').first()))
        .toBeGreaterThan(0.001);
    },
  },
  {
    name: 'search',
    arrange: async (workbench) => {
      await workbench.messages.row(/^Voicemail/).collapse();
      await workbench.command('Search Messages…');
      await workbench.quickInput.type('stair');
      await expect(workbench.quickInput.widget).toContainText('messages found');
    },
  },
];
