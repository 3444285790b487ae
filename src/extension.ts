import * as vscode from 'vscode';
import { HttpClient } from './api/httpClient';
import { RingCentralAuthenticationProvider } from './auth/authenticationProvider';
import { onDidChangeNetworkSettings, readNetworkSettings } from './networkSettings';
import { SampleServer } from './auth/sampleServer';
import { SecretSessionStore } from './auth/secretSessionStore';
import { Sessions } from './auth/sessions';
import { AutoRefresh } from './autoRefresh';
import { registerAccountCommands } from './commands/accountCommands';
import { registerAttachmentCommands } from './commands/attachmentCommands';
import { CommandRegistry } from './commands/commandRegistry';
import { registerConversationCommands } from './commands/conversationCommands';
import { registerMessageCommands } from './commands/messageCommands';
import { registerOpenCommands } from './commands/openCommands';
import { registerRetentionCommands } from './commands/retentionCommands';
import { TemporaryFiles } from './commands/temporaryFiles';
import { registerViewCommands } from './commands/viewCommands';
import { Connection } from './connection';
import { describeError } from './display/describeError';
import { Command, View } from './ids';
import { mailboxViewerActions } from './mailboxViewerActions';
import { MailboxViewerSource } from './mailboxViewerSource';
import { MailboxViews } from './tree/mailboxViews';
import { ViewState } from './tree/viewState';
import { Viewers } from './viewers/viewers';

/** Set by `npm start` and the launch configuration: opens the sample mailbox without asking. Development only. */
const SAMPLE_VARIABLE = 'RINGCENTRAL_MAILBOX_SAMPLE';

let closing: () => Promise<void> = () => Promise.resolve();

/** What the integration tests see of the inside; given to nobody else. */
export interface TestApi {
  readonly sessions: Sessions;
  readonly connection: Connection;
  readonly views: MailboxViews;
}

/** Builds the parts and wires them. Nothing is waited for, so that the views are there at once. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };

  const log = own(vscode.window.createOutputChannel('Mailbox for RingCentral', { log: true }));
  const http = new HttpClient(readNetworkSettings(), (line) => log.debug(line));
  own(onDidChangeNetworkSettings((settings) => http.configure(settings)));

  const sample = new SampleServer(vscode.Uri.joinPath(context.extensionUri, 'media', 'sample').fsPath);
  const secrets = new SecretSessionStore(context.secrets, (line) => log.warn(line));
  const sessions = own(new Sessions(secrets, http, sample, (line) => log.warn(line)));
  own(new RingCentralAuthenticationProvider(sessions));
  const connection = own(new Connection(sessions, http, log));
  own(new AutoRefresh(connection, log));

  const viewState = own(new ViewState(context.globalState));
  const views = own(new MailboxViews(viewState));
  own(connection.onDidChange((mailbox) => views.show(mailbox)));

  const source = own(new MailboxViewerSource(connection));
  const viewers = own(
    new Viewers(
      context.extensionUri,
      source,
      log,
      mailboxViewerActions(connection, log),
      describeError,
      context.globalState,
    ),
  );

  const temporaryFiles = new TemporaryFiles(context.globalStorageUri);
  const commands = own(new CommandRegistry(log));
  registerAccountCommands(commands, sessions);
  registerViewCommands(commands, connection, viewState, log);
  registerOpenCommands(commands, connection, views, viewers, log);
  registerMessageCommands(commands, connection, views, log);
  registerConversationCommands(commands, connection, views, log);
  registerAttachmentCommands(commands, connection, views, viewers, temporaryFiles, log);
  registerRetentionCommands(commands, connection);
  commands.register(Command.KeepOpen, () => viewers.keepOpen());

  temporaryFiles
    .sweep()
    .catch((error: unknown) => log.warn(`Old temporary files are still there. ${String(error)}`));
  closing = async () => {
    await Promise.all([sample.stop(), http.dispose(), temporaryFiles.clear()]);
  };
  void start(context, sessions, log).then(() => views.show(connection.mailbox));
  return context.extensionMode === vscode.ExtensionMode.Test ? { sessions, connection, views } : undefined;
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
    const openSample =
      context.extensionMode === vscode.ExtensionMode.Development && process.env[SAMPLE_VARIABLE] === '1';
    if (!openSample) return;
    await vscode.commands.executeCommand(`${View.Messages}.focus`);
    if (!sessions.current()) await sessions.signIn({ kind: 'sample' });
  } catch (error) {
    log.error(`The stored sign-in could not be used. ${String(error)}`);
    void vscode.window.showErrorMessage(describeError(error));
  }
}
