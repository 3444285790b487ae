import { Command, PALETTE_NAMES } from '../../src/ids';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { projectRoot } from '../workbench/paths';
import { deliverConversation } from '../builders/conversation';
import { expect, test } from './emulated';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Keyboard, watchPointer } from './pages/keyboard';
import type { Workbench } from './pages/workbench';

test.use({ emulatorOptions: { messages: 0 } });

/** What is seen of a command that the palette runs while no row is selected. */
type Seen =
  /** A list or a question with this title, which Escape closes. */
  | { readonly asks: string }
  /** A question in a dialog, which Escape answers with Cancel. */
  | { readonly confirms: string | RegExp }
  | { readonly tells: string | RegExp }
  | { readonly opens: string | RegExp }
  /** A part of the window, found by a selector, with a text. */
  | { readonly shows: string; readonly text: string | RegExp }
  /** A part of the window that is gone then. */
  | { readonly clears: string }
  /** A request for a path that has this in it. */
  | { readonly sends: string }
  /** Not in the palette: another command does the same there. */
  | { readonly insteadUse: Command }
  /** Not in the palette, but on a key in the view: see keyboardAlone.test.ts. */
  | { readonly onRow: string }
  /** Offered only while something else is going on, which another test brings about. */
  | { readonly offeredIn: string };

const BESIDES_TITLE = '.pane-header .description';

/** Each command, in an order in which each finds what it needs. */
const SEEN: Readonly<Record<Command, Seen>> = {
  [Command.SignIn]: { asks: 'Sign in to RingCentral' },
  [Command.SignInWithBrowser]: { asks: 'Sign in with your browser' },
  [Command.SignInWithJwt]: { asks: 'Sign in with a JWT credential' },
  [Command.SignOut]: { confirms: /Sign out of / },
  [Command.SignOutAll]: { confirms: /Sign out of all accounts/ },
  [Command.ClearLocalData]: { confirms: /Clear the local data of / },
  [Command.PendingChanges]: { tells: 'No changes are pending.' },
  [Command.Refresh]: { sends: '/message-sync' },
  [Command.GroupBy]: { asks: 'Group Messages By' },
  [Command.Search]: { asks: 'Search Messages' },
  [Command.Filter]: { asks: 'Filter Messages' },
  [Command.FilterByType]: { asks: 'Filter by Type' },
  [Command.FilterByDirection]: { asks: 'Filter by Direction' },
  [Command.FilterByText]: { asks: 'Filter by Text' },
  [Command.ShowUnreadOnly]: { shows: BESIDES_TITLE, text: 'unread' },
  [Command.ShowReadAndUnread]: { clears: BESIDES_TITLE },
  [Command.ClearFilters]: { clears: BESIDES_TITLE },
  [Command.DeleteConversation]: { asks: 'Delete Conversation' },
  [Command.EmptyDeleted]: { confirms: /Permanently delete/ },
  [Command.CopyText]: { asks: 'Copy Text' },
  [Command.CopyNumber]: { asks: 'Copy Number' },
  [Command.CopyConversation]: { asks: 'Copy Conversation As…' },
  [Command.ExportConversation]: { asks: 'Export Conversation…' },
  [Command.CopyMessages]: { asks: 'Copy Messages As…' },
  [Command.ExportMessages]: { asks: 'Export Messages…' },
  [Command.OpenAsMarkdown]: { asks: 'Open as Markdown' },
  [Command.OpenRawRecord]: { asks: 'Open as JSON' },
  [Command.OpenWith]: { asks: 'Open With Another Editor' },
  [Command.OpenAttachment]: { asks: 'Open Attachment' },
  [Command.OpenAttachmentExternally]: { asks: 'Open Attachment Externally' },
  [Command.SaveAttachment]: { asks: 'Save Attachment' },
  [Command.SaveAttachments]: { asks: 'Save Attachments' },
  [Command.ChangeRetention]: { asks: 'Keep Voicemail and Faxes For' },
  [Command.ShowRetention]: { tells: /Voicemail and faxes are kept for \d+ days/ },
  [Command.OpenMessage]: { asks: 'Open Message' },
  [Command.OpenMessageToSide]: { asks: 'Open Message to the Side' },
  [Command.MarkMessagesRead]: { asks: 'Mark Messages as Read' },
  [Command.MarkMessagesUnread]: { asks: 'Mark Messages as Unread' },
  [Command.MarkAllRead]: { confirms: /Mark \d+ messages as read\?/ },
  [Command.DeleteMessages]: { asks: 'Delete Messages' },
  [Command.RestoreMessages]: { asks: 'Restore Messages' },
  [Command.DeleteMessagesPermanently]: { asks: 'Delete Messages Permanently' },
  [Command.SearchDeleted]: { asks: 'deleted message found' },
  [Command.FilterDeleted]: { asks: 'Filter Deleted Messages' },
  [Command.CopyRedirectUris]: { tells: 'Copied the redirect URI' },
  [Command.ShowLog]: { shows: '.part.panel', text: /Output/i },
  [Command.OpenSettings]: { opens: 'Settings' },
  [Command.OpenWalkthrough]: { opens: /^(Welcome|Walkthrough)/ },
  [Command.CheckConnection]: { opens: /Connection check/ },
  [Command.SignInWithSample]: { shows: '[role=treeitem]', text: 'Sample' },
  [Command.DeliverTestMessage]: { shows: '.part.statusbar', text: 'Test message delivered.' },
  [Command.SwitchAccount]: { asks: 'Switch Account' },

  [Command.ClearDeletedFilters]: { offeredIn: 'keyboardAlone.test.ts' },
  [Command.KeepOpen]: { offeredIn: 'keyboardAlone.test.ts' },
  [Command.UndoDelete]: { offeredIn: 'keyboardAlone.test.ts' },
  [Command.ReturnByLocalAddress]: { offeredIn: 'signIn.test.ts' },
  [Command.SignInAgain]: { offeredIn: 'signIn.test.ts' },
  // The test's account is one of another server, whose numbers RingCentral's app does not call.
  [Command.ReplyToMessage]: { offeredIn: 'test/unit/commands/replyCommands.test.ts' },
  [Command.CallNumber]: { offeredIn: 'test/unit/commands/replyCommands.test.ts' },

  [Command.GroupByTypeAndConversation]: { insteadUse: Command.GroupBy },
  [Command.GroupByOtherParty]: { insteadUse: Command.GroupBy },
  [Command.GroupByDate]: { insteadUse: Command.GroupBy },
  [Command.Open]: { insteadUse: Command.OpenMessage },
  [Command.OpenToSide]: { insteadUse: Command.OpenMessageToSide },
  [Command.MarkRead]: { insteadUse: Command.MarkMessagesRead },
  [Command.MarkUnread]: { insteadUse: Command.MarkMessagesUnread },
  [Command.MarkGroupRead]: { insteadUse: Command.MarkAllRead },
  [Command.Delete]: { insteadUse: Command.DeleteMessages },
  [Command.Restore]: { insteadUse: Command.RestoreMessages },
  [Command.DeletePermanently]: { insteadUse: Command.DeleteMessagesPermanently },
  [Command.Reply]: { insteadUse: Command.ReplyToMessage },
  [Command.Call]: { insteadUse: Command.CallNumber },
  [Command.RefreshAccount]: { insteadUse: Command.Refresh },
  [Command.SignOutOfAccount]: { insteadUse: Command.SignOut },
  [Command.CheckAccountConnection]: { insteadUse: Command.CheckConnection },
  [Command.ShowAccountRetention]: { insteadUse: Command.ShowRetention },
  [Command.LoadMore]: { onRow: 'Enter' },
};

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: Command; readonly title: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8'));
const { contributes } = read('package.json') as Manifest;
const texts = read('package.nls.json') as Readonly<Record<string, string>>;

function titleOf(command: Command): string {
  const title = contributes.commands.find((each) => each.command === command)?.title ?? '';
  return texts[title.slice(1, -1)] ?? '';
}

async function expectSeen(
  seen: Seen,
  workbench: Workbench,
  keyboard: Keyboard,
  admin: EmulatorAdmin,
): Promise<void> {
  const { quickInput, dialog, notifications, page } = workbench;
  if ('asks' in seen) {
    await expect(quickInput.widget).toContainText(seen.asks);
    await expect(quickInput.input).toBeFocused();
    await keyboard.cancel();
  } else if ('confirms' in seen) {
    // VS Code has the question elsewhere if there is nothing more to say.
    await expect(dialog.box).toContainText(seen.confirms);
    await keyboard.press('Escape');
    await expect(dialog.box).toBeHidden();
  } else if ('tells' in seen) {
    await expect(notifications.withText(seen.tells)).toBeVisible();
    await keyboard.palette('Notifications: Clear All Notifications');
    await expect(notifications.withText(seen.tells)).toHaveCount(0);
  } else if ('opens' in seen) await expect(workbench.tab(seen.opens)).toBeVisible();
  else if ('shows' in seen)
    await expect(page.locator(seen.shows).filter({ hasText: seen.text }).first()).toBeVisible();
  else if ('clears' in seen) await expect(page.locator(seen.clears).filter({ visible: true })).toHaveCount(0);
  else if ('sends' in seen)
    await expect
      .poll(async () => (await admin.requests()).some((request) => request.path.includes(seen.sends)))
      .toBe(true);
}

test('every command is run by its title in the palette, and asks, shows or says something while no row is selected', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { dialog, messages } = workbench;
  const keyboard = new Keyboard(workbench);
  const hidden = new Set(
    contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
  );
  for (const { command } of contributes.commands) {
    const seen = SEEN[command];
    expect(seen, `it is said what is seen of ${command}`).toBeDefined();
    expect(hidden.has(command), command).toBe('insteadUse' in seen || 'onRow' in seen);
    if ('insteadUse' in seen) expect(hidden.has(seen.insteadUse), seen.insteadUse).toBe(false);
  }
  for (const [name, command] of PALETTE_NAMES) expect(SEEN[command]).toEqual({ insteadUse: name });

  await deliverConversation(admin, 4);
  await admin.deliverAll([
    {
      type: 'VoiceMail',
      from: { name: 'Vera Voice', phoneNumber: '+16505550101' },
      attachments: [{ type: 'AudioRecording', contentType: 'audio/x-wav', file: 'voicemail-ben.wav' }],
    },
    { text: 'Old news', availability: 'Deleted' },
  ]);
  await watchPointer(page);
  await signIn();
  await expect(messages.selected).toHaveCount(0);
  await keyboard.forgetPointer();
  await admin.resetRequests();
  for (const [command, seen] of Object.entries(SEEN) as [Command, Seen][]) {
    const title = titleOf(command);
    if (hidden.has(command) || 'offeredIn' in seen) continue;
    await test.step(title, async () => {
      if ('sends' in seen) await admin.resetRequests();
      if (command === Command.ClearFilters) await keyboard.command(titleOf(Command.ShowUnreadOnly));
      await messages.settle();
      await keyboard.command(title);
      await expectSeen(seen, workbench, keyboard, admin);
      await expect(dialog.box).toBeHidden();
    });
  }
  const changes = (await admin.requests()).filter(
    ({ method, path: where }) => method !== 'GET' && where.includes('/message-store'),
  );
  await keyboard.expectNoPointer();
  expect(changes, 'what was only asked, and cancelled, changes nothing').toEqual([]);
});
