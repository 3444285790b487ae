import { existsSync } from 'node:fs';
import * as path from 'node:path';
import type { Emulator } from '../../src/emulator/emulator';
import { projectRoot } from '../workbench/paths';
import { expect, test as base } from './emulated';
import { type OtherAddress, withOtherAddress } from './otherLoopback';
import { RequestWatch, type WatchedRequest } from './requestWatch';
import { filesBelow, findEnds, textIn, type Written } from './writtenBytes';

const TOKEN = '/restapi/oauth/token';
const REVOKE = '/restapi/oauth/revoke';
const PUSH = '/ws';
const SYNC = '/message-sync';

const OUR_LOG = 'Mailbox for RingCentral.log';

/** What the browser has logged and asked for. */
interface BrowserLines {
  readonly console: string[];
  readonly addresses: string[];
}

const test = base.extend<{ otherAddress: OtherAddress; watch: RequestWatch; browserLines: BrowserLines }>({
  otherAddress: withOtherAddress,

  watch: async ({}, use) => {
    const watch = new RequestWatch();
    await use(watch);
    watch.stop();
  },

  browserLines: async ({ context }, use) => {
    const lines: BrowserLines = { console: [], addresses: [] };
    context.on('console', (message) => lines.console.push(message.text()));
    context.on('request', (request) => {
      const address = new URL(request.url());
      // VS Code's own page, by which the browser comes back with the code: that is how OAuth works, and the code alone is of no use.
      if (address.pathname.endsWith('/callback')) address.searchParams.delete('code');
      lines.addresses.push(address.href, request.headers()['referer'] ?? '');
    });
    await use(lines);
  },

  // The window, the extension host and the server log everything, each line of ours included.
  open: async ({ server, workbench }, use) =>
    use(async () => {
      const address = new URL(server.workbenchUrl({ extension: projectRoot }));
      const payload = JSON.parse(address.searchParams.get('payload') ?? '[]') as unknown[];
      address.searchParams.set('payload', JSON.stringify([...payload, ['logLevel', 'trace']]));
      await workbench.open(address.href);
    }),
});

test.use({ emulatorOptions: { messages: 0 } });

/** The secrets that the extension was given, sent or proved to know, by what they are. */
function secretsIn(requests: readonly WatchedRequest[], { clientSecret, jwt }: Emulator) {
  const authorizations = (scheme: string): Set<string> => {
    const all = requests.map(({ headers }) => headers.authorization?.split(' ') ?? []);
    return new Set(all.flatMap(([name, value]) => (name === scheme && value !== undefined ? [value] : [])));
  };
  const sent = (pathname: string, name: string): Set<string> => {
    const those = requests.filter(({ url }) => url.pathname === pathname);
    const values = those.flatMap(({ url, body }) => [
      ...url.searchParams.getAll(name),
      ...new URLSearchParams(body).getAll(name),
    ]);
    return new Set(values);
  };
  return {
    'client secret': new Set([clientSecret]),
    'JWT credential': new Set([jwt]),
    'Basic credentials': authorizations('Basic'),
    'access token': authorizations('Bearer'),
    // A session is revoked by the one that would be used next.
    'refresh token': new Set([...sent(TOKEN, 'refresh_token'), ...sent(REVOKE, 'token')]),
    'authorization code': sent(TOKEN, 'code'),
    'code verifier': sent(TOKEN, 'code_verifier'),
    'token for push': sent(PUSH, 'access_token'),
    'token to take up push again': sent(PUSH, 'wsc'),
  };
}

/**
 * A request without what is where it has to be: an access token in its header; what one signs in with in the body of the requests
 * for tokens; what opens a WebSocket connection in its address, because RingCentral takes it nowhere else.
 */
function withoutExpected({ url, headers, body, logged }: WatchedRequest): Written {
  const { authorization: _authorization, ...others } = headers;
  const address = new URL(url);
  if (url.pathname === PUSH) for (const name of ['access_token', 'wsc']) address.searchParams.delete(name);
  const isForTokens = url.pathname === TOKEN || url.pathname === REVOKE;
  const rest = [address.href, JSON.stringify(others), ...(isForTokens ? [] : [body])];
  return textIn(`${logged.method} ${url.pathname}`, rest.join('\n'));
}

test('no secret of the sign-in is on disk, in a log or in a request line, whatever was done', async ({
  workbench,
  page,
  emulator,
  otherAddress,
  watch,
  browserLines,
  admin,
  server,
  open,
}) => {
  const { messages, deleted, quickInput, dialog, webview } = workbench;
  // Everything that the server and its extension hosts write is there; on Linux temporary files are, too.
  const root = path.dirname(server.credentialFile);
  const text = 'Shall we meet at the harbour at noon?';
  const voicemail = messages.row(/ from Ada Park,/);
  const unread = messages.row(/^Unread voicemail from Ada Park,/);
  const fax = messages.row(/ from Tess Text,/);
  const conversation = messages.row(/^Lena Long/);
  const written: Written[] = [];

  /** Reads everything on disk and in the browser's storage. @param when for the report of what is found */
  const read = async (when: string): Promise<Written[]> => {
    const files = await filesBelow(root);
    // In a browser VS Code keeps secrets there, encrypted; on the desktop the system does.
    const storage = await page.context().storageState({ indexedDB: true });
    const all = [...files, textIn('storage of the browser', JSON.stringify(storage))];
    written.push(...all.map(({ place, bytes }) => ({ place: `${when}, ${place}`, bytes })));
    return all;
  };
  /** The lines of the logs with this name so far; each extension host has its own. */
  const log = async (name: string): Promise<string> =>
    (await filesBelow(path.join(root, 'data/logs')))
      .filter(({ place }) => path.posix.basename(place) === name)
      .map(({ bytes }) => bytes.toString())
      .join('\n');
  const expectLogged = (line: RegExp): Promise<void> => expect.poll(() => log(OUR_LOG)).toMatch(line);
  const expectSent = (pathname: string, part: RegExp): Promise<void> =>
    expect
      .poll(() =>
        watch.requests.some(({ url, body }) => url.pathname === pathname && part.test(url.search + body)),
      )
      .toBe(true);
  /** Confirms the name that VS Code's dialog for files proposes. */
  const saveAs = async (name: string): Promise<void> => {
    const file = path.join(server.folder, name);
    await expect(quickInput.input).toHaveValue(file);
    await quickInput.input.press('Enter');
    await expect.poll(() => existsSync(file)).toBe(true);
  };
  const signOut = async (): Promise<void> => {
    await workbench.command('Sign Out…');
    const revocations = watch.requests.filter(({ url }) => url.pathname === REVOKE).length + 1;
    await dialog.press('Sign Out');
    await expect(messages.rows).toHaveCount(0);
    const logged = async () => (await log(OUR_LOG)).match(/\/oauth\/revoke\b.* 200 /g)?.length;
    await expect.poll(logged).toBe(revocations);
  };

  await admin.deliverAll([
    {
      type: 'VoiceMail',
      from: { name: 'Ada Park', phoneNumber: '+16505550101' },
      attachments: [{ type: 'AudioRecording', contentType: 'audio/x-wav', file: 'voicemail-ben.wav' }],
    },
    {
      type: 'Fax',
      from: { name: 'Tess Text', phoneNumber: '+16505550102' },
      attachments: [
        {
          type: 'RenderedDocument',
          contentType: 'application/pdf',
          file: 'fax-agreement.pdf',
          fileName: 'agreement.pdf',
        },
      ],
    },
    { text, from: { name: 'Lena Long', phoneNumber: '+14155550199' } },
  ]);
  await open();
  await workbench.openMailbox();

  await test.step('one signs in with the browser, and out', async () => {
    await messages.welcome.getByRole('button', { name: 'Sign In to RingCentral' }).click();
    await quickInput.pick('Other…');
    for (const [step, answer] of [otherAddress.url, emulator.mediaUrl, emulator.clientId].entries()) {
      await expect(quickInput.widget).toContainText(`(${step + 2}/5)`);
      await quickInput.answer(answer);
    }
    await expect(quickInput.widget).toContainText('(5/5)');
    const opened = page.context().waitForEvent('page');
    // No secret: the app is a public client.
    await quickInput.input.press('Enter');
    // VS Code asks whether it may open the page, unless it has only just started.
    const asks = dialog.box.waitFor().then(() => true);
    if (await Promise.race([asks, opened.then(() => false)])) await dialog.press('Open');
    const consent = await opened;
    await consent.getByRole('button', { name: 'Allow' }).click();
    await expect(voicemail.locator).toBeVisible();
    await consent.close();
    await signOut();
  });

  await test.step('one signs in with a JWT credential', async () => {
    await messages.welcome.getByRole('button', { name: 'with a JWT credential' }).click();
    await quickInput.pick(emulator.url);
    const answers = [emulator.clientId, emulator.clientSecret, emulator.jwt];
    for (const [step, answer] of answers.entries()) {
      await expect(quickInput.widget).toContainText(`(${step + 2}/4)`);
      await quickInput.answer(answer);
    }
    await expect(voicemail.locator).toBeVisible();
  });

  await test.step('push breaks off and is taken up again', async () => {
    await expect.poll(async () => (await admin.state()).pushConnections).toBe(1);
    await admin.dropConnections();
    await expectSent(PUSH, /wsc=/);
  });

  await test.step('a voicemail is opened, marked, deleted and restored', async () => {
    await voicemail.open({ shows: webview.getByRole('heading', { name: 'Ada Park', level: 1 }) });
    await expect(unread.locator).toBeHidden();
    await voicemail.choose('Mark as Unread', { shows: unread.locator });
    await voicemail.choose('Mark as Read', { hides: unread.locator });
    await voicemail.pressAction('Delete', { hides: voicemail.locator });
    await deleted.expand();
    await deleted.row(/ from Ada Park,/).choose('Restore', { shows: voicemail.locator });
    await deleted.collapse();
  });

  await test.step('a fax is opened and saved', async () => {
    await fax.open({ shows: webview.getByRole('img', { name: /^Page 1 of/ }) });
    await fax.choose('Save Attachment…', { shows: quickInput.widget });
    await saveAs('agreement.pdf');
  });

  await test.step('a conversation is found, opened and exported', async () => {
    await workbench.command('Search Messages…');
    await quickInput.type('harbour');
    await expect(quickInput.items.locator('.highlight')).toHaveText('harbour');
    await quickInput.input.press('Enter');
    await expect(webview.getByRole('article').filter({ hasText: text })).toBeVisible();
    await conversation.choose('Export Conversation…', { shows: quickInput.item('Plain Text') });
    await quickInput.pick('Plain Text');
    await saveAs('Conversation with Lena Long.txt');
  });

  await test.step('tokens are renewed, a request is refused, and another has no answer', async () => {
    await admin.expireTokens('access');
    await workbench.command('Refresh Messages');
    await expectSent(TOKEN, /grant_type=refresh_token/);
    // More than one, for the extension may be looking for what is new by itself.
    await admin.fail({
      status: 403,
      errorCode: 'CMN-408',
      message: 'Not on Sundays.',
      path: SYNC,
      count: 100,
    });
    await workbench.command('Refresh Messages');
    await expectLogged(/Not on Sundays\./);
    await admin.clearFaults();
    await admin.fail({ kind: 'reset', path: SYNC });
    await workbench.command('Refresh Messages');
    await expectLogged(/message-sync\b.* No answer from /);
  });

  await test.step('the window is loaded anew', async () => {
    await workbench.reload();
    await workbench.openMailbox();
    await expect(conversation.locator).toBeVisible();
    await workbench.command('Refresh Messages');
    await expect.poll(async () => (await admin.state()).pushConnections).toBe(1);
  });

  const files = await read('signed in');
  await test.step('one signs out', signOut);
  await read('signed out');

  const secrets = secretsIn(watch.requests, emulator);
  await test.step('there are secrets of every kind, and none was missed', () => {
    for (const [kind, values] of Object.entries(secrets)) expect(values.size, kind).toBeGreaterThan(0);
    const granted = watch.requests.filter(
      ({ url, logged }) => url.pathname === TOKEN && logged.status === 200,
    ).length;
    expect(granted).toBe(3);
    expect(secrets['access token'].size).toBe(granted);
    expect(secrets['refresh token'].size).toBe(granted);
  });

  await test.step('a search finds what is no secret, in settings, databases and saved files', () => {
    const places = findEnds(files, { 'client ID': [emulator.clientId], message: [text] }).join('\n');
    expect(places).toContain('data/User/settings.json: client ID as text');
    expect(places).toMatch(/\/mailboxes\/.*\.sqlite(-wal)?: message as text/);
    expect(places).toMatch(/\/Conversation with Lena Long\.txt: message as text/);
  });

  await test.step('the browser keeps the session', () => {
    const storage = files.at(-1)?.bytes.toString();
    expect(storage).toContain('secrets.provider');
  });

  await test.step('the logs hold everything that there is to log', async () => {
    for (const name of ['remoteagent.log', 'remoteexthost.log']) expect(await log(name)).toContain('[trace]');
    expect(browserLines.console.join('\n')).toContain('TRACE');
    await expectLogged(/\[debug\] GET .*\/message-sync\b.* 200 /);
  });

  await test.step('no secret is on disk, in a log, or in what the browser keeps', () => {
    expect(findEnds(written, secrets)).toEqual([]);
    expect(findEnds([textIn('console', browserLines.console.join('\n'))], secrets)).toEqual([]);
  });

  await test.step('no secret is in a request but where it has to be', async () => {
    expect(findEnds(watch.requests.map(withoutExpected), secrets)).toEqual([]);
    const remembered = textIn('log of the emulator', JSON.stringify(await admin.requests()));
    expect(findEnds([remembered], secrets)).toEqual([]);
    const addresses = browserLines.addresses.map((address) => textIn('address of a page', address));
    expect(findEnds(addresses, secrets)).toEqual([]);
    const schemes = watch.requests.map(({ url, headers }) => [
      url.pathname === TOKEN || url.pathname === REVOKE,
      headers.authorization?.split(' ')[0],
    ]);
    expect(schemes).not.toContainEqual([false, 'Basic']);
    expect(schemes).not.toContainEqual([true, 'Bearer']);
  });
});
