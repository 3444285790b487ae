import * as vscode from 'vscode';
import { CacheUpkeep } from './accounts/cacheUpkeep';
import { MailboxFiles } from './accounts/mailboxFiles';
import { onDidChangeNetworkSettings, readNetworkSettings } from './accounts/networkSettings';
import { OpenAccounts } from './accounts/openAccounts';
import { sharedRateLimit } from './accounts/sharedRateLimits';
import { SignInAgainPrompt } from './accounts/signInAgainPrompt';
import { StorageSettings } from './accounts/storageSettings';
import { sleep } from './api/cancellation';
import { HttpClient } from './api/httpClient';
import { RateLimits } from './api/rateLimits';
import { RingCentralAuthenticationProvider } from './auth/authenticationProvider';
import { browserHost } from './auth/browserHost';
import { BrowserRoundTrip } from './auth/browserRoundTrip';
import { developmentSignIn } from './auth/developmentSignIn';
import { EditorReturn } from './auth/editorReturn';
import { InteractiveSignIn } from './auth/interactiveSignIn';
import { SampleServer } from './auth/sampleServer';
import { SecretSessionStore } from './auth/secretSessionStore';
import { Sessions } from './auth/sessions';
import { followSessionContext } from './auth/sessionContext';
import { WindowTurns } from './auth/windowTurns';
import { registerAccountCommands } from './commands/accountCommands';
import { registerAccountDataCommands } from './commands/accountDataCommands';
import { registerConnectionCommands } from './commands/connectionCommands';
import { registerAttachmentCommands } from './commands/attachmentCommands';
import { CommandRegistry } from './commands/commandRegistry';
import { registerConversationCommands } from './commands/conversationCommands';
import { Deletions } from './commands/deletions';
import { registerFileCommands } from './commands/fileCommands';
import { registerFilterCommands } from './commands/filterCommands';
import { registerGuideCommands } from './commands/guideCommands';
import { registerMessageCommands } from './commands/messageCommands';
import { registerOpenCommands } from './commands/openCommands';
import { registerPendingCommands } from './commands/pendingCommands';
import { registerReplyCommands } from './commands/replyCommands';
import { registerRetentionCommands } from './commands/retentionCommands';
import { reportFailures } from './commands/runAction';
import { registerSampleCommands } from './commands/sampleCommands';
import { registerSaveCommands } from './commands/saveCommands';
import { registerSearchCommands } from './commands/searchCommands';
import { TemporaryFiles } from './commands/temporaryFiles';
import { registerTranscriptCommands } from './commands/transcriptCommands';
import { registerViewCommands } from './commands/viewCommands';
import { viewerActions } from './commands/viewerActions';
import { describeError } from './display/describeError';
import { showError } from './display/window';
import { MailboxFileSystem, readonlyReason } from './files/mailboxFileSystem';
import { Command, FILE_SCHEME, View } from './ids';
import type { Account } from './mailbox/accounts';
import { AttachmentCache } from './mailbox/content/attachmentCache';
import { AttachmentContents } from './mailbox/content/attachmentContents';
import { CLAIMS, SharedClaims } from './notifications/claims';
import { GATHERING } from './notifications/newMessages';
import { Notifications } from './notifications/notifications';
import { SettingsCheck } from './settings';
import { LEASES } from './storage/leases';
import { RATES, RateTable } from './storage/rateTable';
import { SharedDatabase } from './storage/sharedDatabase';
import { MailboxViews } from './tree/mailboxViews';
import { StatusBar } from './tree/statusBar';
import { ViewState } from './tree/viewState';
import { MailboxViewerSource } from './viewers/mailboxViewerSource';
import { Viewers } from './viewers/viewers';

let closing: () => Promise<void> = () => Promise.resolve();

/** What the integration tests see of the inside; given to nobody else. */
export interface TestApi {
  readonly sessions: Sessions;
  readonly accounts: OpenAccounts;
  readonly views: MailboxViews;
  readonly statusBar: StatusBar;
  /** Where the messages of the accounts are. */
  readonly mailboxFolder: string;
  /** Where their attachments are. */
  readonly attachmentFolder: string;
  readonly contents: AttachmentContents;
}

/** Builds the parts and wires them. Nothing is waited for, so that the views are there at once. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };

  const log = own(vscode.window.createOutputChannel('Mailbox for RingCentral', { log: true }));
  own(new SettingsCheck((line) => log.warn(line)));
  const http = new HttpClient(readNetworkSettings(), (line) => log.debug(line));
  own(onDidChangeNetworkSettings((settings) => http.configure(settings)));

  const sample = new SampleServer(vscode.Uri.joinPath(context.extensionUri, 'media', 'sample').fsPath);
  const warn = (line: string): void => log.warn(line);
  const secrets = new SecretSessionStore(context.secrets, warn);
  const windows = vscode.Uri.joinPath(context.globalStorageUri, 'windows.sqlite').fsPath;
  const shared = new SharedDatabase(windows, LEASES + RATES + CLAIMS, (error, aside) =>
    warn(`What the windows agree on is damaged. ${String(error)} It is now ${aside}.`),
  );
  own({ dispose: () => shared.close() });
  const turns = new WindowTurns(shared, warn);
  const rateTable = new RateTable(shared);
  const rates = new RateLimits((name) => sharedRateLimit(rateTable, name, warn));
  const sessions = own(new Sessions(secrets, http, sample, warn, turns.run, rates));
  own(followSessionContext(sessions));
  const editorReturn = own(new EditorReturn(context.secrets, warn));
  const roundTrip = new BrowserRoundTrip(browserHost(editorReturn));
  const interactive = new InteractiveSignIn(sessions, roundTrip, warn);
  own(new RingCentralAuthenticationProvider(sessions, interactive));

  const storage = own(new StorageSettings());
  const mailboxFolder = vscode.Uri.joinPath(context.globalStorageUri, 'mailboxes').fsPath;
  const attachmentFolder = vscode.Uri.joinPath(context.globalStorageUri, 'attachments').fsPath;
  const cache = new AttachmentCache(
    attachmentFolder,
    () => storage.cacheLimit,
    (error) => log.warn(`The cache of attachments is in trouble. ${String(error)}`),
  );
  const isTest = context.extensionMode === vscode.ExtensionMode.Test;
  // The integration tests need not wait before a download is tried again.
  const contents = new AttachmentContents(cache, isTest ? (_, signal) => sleep(0, signal) : sleep);
  const files = new MailboxFiles(mailboxFolder, cache, log);
  const accounts = own(new OpenAccounts(sessions, http, files, storage, context.globalState, log));
  own(new CacheUpkeep(cache, accounts, storage, warn));
  own(accounts.onDidRefuse(({ failed }) => reportFailures({ changed: [], failed }, log)));
  const signInAgainPrompt = own(new SignInAgainPrompt(accounts));
  const statusBar = own(new StatusBar(accounts));

  const viewState = own(new ViewState(context.globalState));
  const views = own(new MailboxViews(accounts, viewState));

  const showSignedIn = async (account: Account): Promise<void> => {
    await accounts.setCurrent(account);
    await views.revealAccount(account);
  };
  own(
    interactive.onDidSignIn(({ accountId }) => {
      const account = accounts.get(accountId);
      if (account)
        showSignedIn(account).catch((error: unknown) =>
          warn(`The account that was signed in to could not be shown. ${String(error)}`),
        );
    }),
  );

  const temporaryFiles = new TemporaryFiles(context.globalStorageUri);
  const source = own(new MailboxViewerSource(accounts, contents));
  const viewers = own(
    new Viewers(
      context.extensionUri,
      source,
      log,
      viewerActions(accounts, log),
      describeError,
      context.globalState,
      temporaryFiles.folder,
    ),
  );

  own(
    new Notifications({
      accounts,
      claims: new SharedClaims(shared),
      isShowing: (accountId, message) => viewers.isShowing(accountId, message),
      warn,
      // The integration tests need not wait for what else may come.
      gathering: isTest ? 0 : GATHERING,
    }),
  );

  const commands = own(new CommandRegistry(log, () => signInAgainPrompt.hasJustAsked));
  registerAccountCommands(commands, sessions, interactive);
  registerAccountDataCommands(commands, accounts, (account) => views.revealAccount(account));
  registerViewCommands(commands, accounts, viewState, log);
  registerFilterCommands(commands, accounts, viewState);
  registerSearchCommands(commands, accounts, viewState);
  registerOpenCommands(commands, accounts, views, viewers, log);
  const deletions = own(new Deletions(commands, accounts, views, log));
  registerMessageCommands(commands, accounts, views, deletions, log);
  registerConversationCommands(commands, accounts, views, deletions, log);
  registerTranscriptCommands(commands, accounts, views, viewers);
  registerAttachmentCommands(commands, accounts, views, viewers, contents, temporaryFiles, log);
  registerSaveCommands(commands, accounts, views, contents, temporaryFiles, log);
  registerFileCommands(commands, accounts, views, log);
  const { version } = context.extension.packageJSON as { readonly version: string };
  registerConnectionCommands(commands, accounts, version);
  registerRetentionCommands(commands, accounts);
  registerPendingCommands(commands, accounts);
  registerReplyCommands(commands, accounts, views, viewers);
  registerSampleCommands(commands, accounts, sample, viewers);
  registerGuideCommands(commands);
  commands.register(Command.KeepOpen, () => viewers.keepOpen());

  const restored = start(context, sessions, log);
  const fileSystem = own(new MailboxFileSystem(accounts, contents, restored, log));
  own(
    vscode.workspace.registerFileSystemProvider(FILE_SCHEME, fileSystem, {
      isCaseSensitive: true,
      isReadonly: new vscode.MarkdownString(readonlyReason()),
    }),
  );

  temporaryFiles
    .sweep()
    .catch((error: unknown) => log.warn(`Old temporary files are still there. ${String(error)}`));
  closing = async () => {
    await Promise.all([sample.stop(), http.dispose(), temporaryFiles.clear()]);
  };
  void restored.then(() => {
    views.start();
    source.start();
  });
  return isTest
    ? { sessions, accounts, views, statusBar, mailboxFolder, attachmentFolder, contents }
    : undefined;
}

/** VS Code waits for this, some seconds at most. */
export function deactivate(): Promise<void> {
  return closing();
}

async function start(
  context: vscode.ExtensionContext,
  sessions: Sessions,
  log: vscode.LogOutputChannel,
): Promise<void> {
  try {
    await sessions.restore();
    if (context.extensionMode !== vscode.ExtensionMode.Development) return;
    const signIn = await developmentSignIn(process.env);
    if (!signIn) return;
    if (signIn.kind === 'sample') await vscode.commands.executeCommand(`${View.Messages}.focus`);
    if (sessions.all().length === 0) await sessions.signIn(signIn);
  } catch (error) {
    log.error(`The stored sign-in could not be used. ${String(error)}`);
    void showError(describeError(error));
  }
}
