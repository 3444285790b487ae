/** Every id that `package.json` and the code must agree on; `test/unit/contributions.test.ts` compares the two. */

export const EXTENSION_ID = 'mailbox-for-ringcentral.ringcentral-mailbox';

export const View = {
  Messages: 'ringcentralMailbox.messages',
  Deleted: 'ringcentralMailbox.deleted',
} as const;

export const Command = {
  SignIn: 'ringcentralMailbox.signIn',
  SignInWithSample: 'ringcentralMailbox.signInWithSample',
  SignInWithBrowser: 'ringcentralMailbox.signInWithBrowser',
  SignInWithJwt: 'ringcentralMailbox.signInWithJwt',
  SignInAgain: 'ringcentralMailbox.signInAgain',
  ReturnByLocalAddress: 'ringcentralMailbox.returnByLocalAddress',
  SignOut: 'ringcentralMailbox.signOut',
  SignOutAll: 'ringcentralMailbox.signOutAll',
  SwitchAccount: 'ringcentralMailbox.switchAccount',
  ClearLocalData: 'ringcentralMailbox.clearLocalData',
  PendingChanges: 'ringcentralMailbox.pendingChanges',
  CheckConnection: 'ringcentralMailbox.checkConnection',

  Refresh: 'ringcentralMailbox.refresh',
  LoadMore: 'ringcentralMailbox.loadMore',
  GroupBy: 'ringcentralMailbox.groupBy',
  GroupByTypeAndConversation: 'ringcentralMailbox.groupByTypeAndConversation',
  GroupByOtherParty: 'ringcentralMailbox.groupByOtherParty',
  GroupByDate: 'ringcentralMailbox.groupByDate',
  Search: 'ringcentralMailbox.search',
  Filter: 'ringcentralMailbox.filter',
  ShowUnreadOnly: 'ringcentralMailbox.showUnreadOnly',
  ShowReadAndUnread: 'ringcentralMailbox.showReadAndUnread',
  FilterByType: 'ringcentralMailbox.filterByType',
  FilterByDirection: 'ringcentralMailbox.filterByDirection',
  FilterByText: 'ringcentralMailbox.filterByText',
  ClearFilters: 'ringcentralMailbox.clearFilters',
  ClearDeletedFilters: 'ringcentralMailbox.clearDeletedFilters',
  ShowLog: 'ringcentralMailbox.showLog',

  Open: 'ringcentralMailbox.open',
  MarkRead: 'ringcentralMailbox.markRead',
  MarkUnread: 'ringcentralMailbox.markUnread',
  MarkGroupRead: 'ringcentralMailbox.markGroupRead',
  Delete: 'ringcentralMailbox.delete',
  UndoDelete: 'ringcentralMailbox.undoDelete',
  DeleteConversation: 'ringcentralMailbox.deleteConversation',
  Restore: 'ringcentralMailbox.restore',
  DeletePermanently: 'ringcentralMailbox.deletePermanently',
  EmptyDeleted: 'ringcentralMailbox.emptyDeleted',
  CopyText: 'ringcentralMailbox.copyText',
  CopyNumber: 'ringcentralMailbox.copyNumber',
  CopyConversation: 'ringcentralMailbox.copyConversation',
  ExportConversation: 'ringcentralMailbox.exportConversation',

  KeepOpen: 'ringcentralMailbox.keepOpen',
  OpenAsMarkdown: 'ringcentralMailbox.openAsMarkdown',
  OpenRawRecord: 'ringcentralMailbox.openRawRecord',
  OpenWith: 'ringcentralMailbox.openWith',

  OpenAttachment: 'ringcentralMailbox.openAttachment',
  SaveAttachment: 'ringcentralMailbox.saveAttachment',
  SaveAttachments: 'ringcentralMailbox.saveAttachments',
  OpenAttachmentExternally: 'ringcentralMailbox.openAttachmentExternally',

  ShowRetention: 'ringcentralMailbox.showRetention',
  ChangeRetention: 'ringcentralMailbox.changeRetention',

  Reply: 'ringcentralMailbox.reply',
  Call: 'ringcentralMailbox.call',
  DeliverTestMessage: 'ringcentralMailbox.deliverTestMessage',
  CopyRedirectUris: 'ringcentralMailbox.copyRedirectUris',
  OpenWalkthrough: 'ringcentralMailbox.openWalkthrough',
  OpenToSide: 'ringcentralMailbox.openToSide',
  CopyMessages: 'ringcentralMailbox.copyMessages',
  ExportMessages: 'ringcentralMailbox.exportMessages',
  SearchDeleted: 'ringcentralMailbox.searchDeleted',
  FilterDeleted: 'ringcentralMailbox.filterDeleted',
  OpenSettings: 'ringcentralMailbox.openSettings',
  MarkAllRead: 'ringcentralMailbox.markAllRead',

  // What titles of views have for all accounts, or for one that the user picks: see `TITLE_COMMANDS`.
  RefreshAccount: 'ringcentralMailbox.refreshAccount',
  SignOutOfAccount: 'ringcentralMailbox.signOutOfAccount',
  CheckAccountConnection: 'ringcentralMailbox.checkAccountConnection',
  ShowAccountRetention: 'ringcentralMailbox.showAccountRetention',

  // What the palette calls the commands of rows: menus of rows know no short titles. See `PALETTE_NAMES`.
  OpenMessage: 'ringcentralMailbox.openMessage',
  OpenMessageToSide: 'ringcentralMailbox.openMessageToSide',
  MarkMessagesRead: 'ringcentralMailbox.markMessagesRead',
  MarkMessagesUnread: 'ringcentralMailbox.markMessagesUnread',
  DeleteMessages: 'ringcentralMailbox.deleteMessages',
  RestoreMessages: 'ringcentralMailbox.restoreMessages',
  DeleteMessagesPermanently: 'ringcentralMailbox.deleteMessagesPermanently',
  ReplyToMessage: 'ringcentralMailbox.replyToMessage',
  CallNumber: 'ringcentralMailbox.callNumber',
} as const;
export type Command = (typeof Command)[keyof typeof Command];

/**
 * Commands that the palette has under a title of verb and object ("Delete Messages…"), and rows and keys under a short one
 * ("Delete"): VS Code shows `shortTitle` in the titles of views and editors, and `title` in menus of rows.
 */
export const PALETTE_NAMES: ReadonlyMap<Command, Command> = new Map([
  [Command.OpenMessage, Command.Open],
  [Command.OpenMessageToSide, Command.OpenToSide],
  [Command.MarkMessagesRead, Command.MarkRead],
  [Command.MarkMessagesUnread, Command.MarkUnread],
  [Command.DeleteMessages, Command.Delete],
  [Command.RestoreMessages, Command.Restore],
  [Command.DeleteMessagesPermanently, Command.DeletePermanently],
  [Command.ReplyToMessage, Command.Reply],
  [Command.CallNumber, Command.Call],
]);

/**
 * Commands in the titles of the views, and in the menus there. VS Code passes the row that has the focus to them, too, but they
 * are about what the view shows as a whole, so `CommandRegistry` keeps rows from them. What a row has as well is a command of
 * its own there.
 */
export const TITLE_COMMANDS: ReadonlySet<Command> = new Set([
  Command.CheckConnection,
  Command.ClearDeletedFilters,
  Command.ClearFilters,
  Command.DeliverTestMessage,
  Command.EmptyDeleted,
  Command.Filter,
  Command.FilterByDirection,
  Command.FilterByText,
  Command.FilterByType,
  Command.FilterDeleted,
  Command.GroupByDate,
  Command.GroupByOtherParty,
  Command.GroupByTypeAndConversation,
  Command.MarkAllRead,
  Command.OpenSettings,
  Command.PendingChanges,
  Command.Refresh,
  Command.RestoreMessages,
  Command.Search,
  Command.SearchDeleted,
  Command.ShowLog,
  Command.ShowReadAndUnread,
  Command.ShowRetention,
  Command.ShowUnreadOnly,
  Command.SignIn,
  Command.SignOut,
  Command.SwitchAccount,
  Command.UndoDelete,
]);

/** Keys for `when` clauses. */
export const ContextKey = {
  /** 'signedOut' | 'loading' | 'ready' | 'failed'. */
  State: 'ringcentralMailbox.state',
  /** A `GroupBy` value. */
  GroupBy: 'ringcentralMailbox.groupBy',
  UnreadOnly: 'ringcentralMailbox.unreadOnly',
  /** Any filter besides unread-only is on in Messages. */
  Filtered: 'ringcentralMailbox.filtered',
  /** Any filter is on in Deleted. */
  DeletedFiltered: 'ringcentralMailbox.deletedFiltered',
  /** The last deletion can still be undone. */
  CanUndo: 'ringcentralMailbox.canUndo',
  /** More than one account is signed in. */
  SeveralAccounts: 'ringcentralMailbox.severalAccounts',
  /** There is at least one message to restore. */
  HasDeleted: 'ringcentralMailbox.hasDeleted',
  /** RingCentral no longer accepts the sign-in of at least one account. */
  SignInRequired: 'ringcentralMailbox.signInRequired',
  /** A sign-in waits for the browser to come back through VS Code. */
  WaitingForBrowser: 'ringcentralMailbox.waitingForBrowser',
  /** The tab in front shows a message or conversation, and may be used for another. */
  Reusable: 'ringcentralMailbox.reusable',
  /** The sample mailbox is open. */
  SampleOpen: 'ringcentralMailbox.sampleOpen',
  /** An account of RingCentral's production is signed in: only its numbers can be texted and called. */
  ProductionAccount: 'ringcentralMailbox.productionAccount',
  /** An account besides the sample mailbox is signed in. */
  SignedIn: 'ringcentralMailbox.signedIn',
} as const;
export type ContextKey = (typeof ContextKey)[keyof typeof ContextKey];

/** What the ids of all settings begin with. */
export const SETTINGS_SECTION = 'ringcentralMailbox';

export const Setting = {
  ServerUrl: 'ringcentralMailbox.server.url',
  ServerMediaUrl: 'ringcentralMailbox.server.mediaUrl',
  ClientId: 'ringcentralMailbox.clientId',
  SignInLocalPort: 'ringcentralMailbox.signIn.localPort',
  MarkReadOnOpen: 'ringcentralMailbox.markReadOnOpen',
  StatusBar: 'ringcentralMailbox.statusBar',
  SyncHistory: 'ringcentralMailbox.sync.history',
  KeepOnDisk: 'ringcentralMailbox.keepOnDisk',
  CacheMaxSize: 'ringcentralMailbox.cache.maxSize',
  OpenWith: 'ringcentralMailbox.openWith',
  NotificationsMode: 'ringcentralMailbox.notifications.mode',
  NotificationsShowText: 'ringcentralMailbox.notifications.showText',
  NotificationsQuietHours: 'ringcentralMailbox.notifications.quietHours',
  MarkVoicemailRead: 'ringcentralMailbox.markVoicemailRead',
} as const;

/** The walkthrough that explains the first steps. */
export const WALKTHROUGH = 'getStarted';

/** Of the addresses by which other extensions see messages as files. */
export const FILE_SCHEME = 'ringcentral-mailbox';

export const AUTHENTICATION_PROVIDER_ID = 'ringcentralMailbox';
