import { createServer, type Server, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserSignInError, CancelledError, SignInRequiredError } from '../../../src/api/errors';
import { HttpClient } from '../../../src/api/httpClient';
import { requestTokenByCode, type TokenSet } from '../../../src/api/oauth';
import { type BrowserHost, BrowserRoundTrip, type Way } from '../../../src/auth/browserRoundTrip';
import { listenForReturn } from '../../../src/auth/loopbackReturn';
import type { ReturnPath } from '../../../src/auth/returnPath';
import type { AppCredential } from '../../../src/auth/signIn';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator';
import { browser } from '../../builders/browser';
import { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { freePort } from '../../builders/freePort';

const PAGE = { title: 'Back <home>', text: 'Close “this” & that.' };
const EDITOR_ADDRESS = 'vscode://mailbox-for-ringcentral.ringcentral-mailbox/signed-in';

/** VS Code and the browser beside it; what the person does there is up to the test. */
class Desk implements BrowserHost {
  readonly pages: string[] = [];
  readonly waited: Way[] = [];
  opens = true;
  /** Undefined where there is no way back through the editor. */
  editorAddress: string | undefined;
  #comeBack: (parameters: URLSearchParams) => void = () => undefined;
  #opened = Promise.withResolvers<string>();

  constructor(readonly port: number) {}

  openPage = (url: string): Promise<boolean> => {
    this.pages.push(url);
    this.#opened.resolve(url);
    this.#opened = Promise.withResolvers();
    return Promise.resolve(this.opens);
  };

  editorReturn = (): Promise<ReturnPath | undefined> => {
    if (this.editorAddress === undefined) return Promise.resolve(undefined);
    const { promise: answer, resolve } = Promise.withResolvers<URLSearchParams>();
    const answerTo: ReturnPath['answerTo'] = (isAnswer) => {
      this.#comeBack = (parameters) => {
        if (isAnswer(parameters)) resolve(parameters);
      };
      return answer;
    };
    return Promise.resolve({ redirectUri: this.editorAddress, answerTo, dispose: () => undefined });
  };

  loopbackReturn = (): Promise<ReturnPath> => listenForReturn(this.port, PAGE);

  /** The next page that is opened. */
  nextPage(): Promise<string> {
    return this.#opened.promise;
  }

  comeBackToEditor(address: URL): void {
    this.#comeBack(address.searchParams);
  }
}

let emulator: Emulator;
let admin: EmulatorAdmin;
let http: HttpClient;
let app: AppCredential;
let desk: Desk;
let roundTrip: BrowserRoundTrip;

beforeEach(async () => {
  emulator = await startEmulator({ mediaDirectory: 'media/sample', messages: 0 });
  admin = new EmulatorAdmin(emulator);
  http = new HttpClient({ noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false });
  app = { server: { rest: emulator.url, media: emulator.mediaUrl }, clientId: emulator.clientId };
  desk = new Desk(await freePort());
  roundTrip = new BrowserRoundTrip(desk);
});

afterEach(async () => {
  await http.dispose();
  await emulator.stop();
});

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function tokensOf(grant: Parameters<typeof requestTokenByCode>[3]): Promise<TokenSet> {
  return requestTokenByCode(http, emulator.url, app, grant);
}

/** Starts a sign-in and waits for its page. */
async function start(signal?: AbortSignal) {
  const page = desk.nextPage();
  const grant = roundTrip.authorize(app, signal, (way) => desk.waited.push(way));
  // Judged by the test; until then it must not count as unhandled.
  grant.catch(() => undefined);
  return { grant, page: await Promise.race([page, grant.then(() => '')]) };
}

async function isListening(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${desk.port}/`).then(
    () => true,
    () => false,
  );
}

function problemOf(problem: string) {
  return expect.objectContaining({ kind: 'browserSignIn', problem }) as BrowserSignInError;
}

describe('a sign-in that returns to a local address', () => {
  test('gives a code that is exchanged for tokens without a client secret', async () => {
    const { grant, page } = await start();
    const back = await browser.decide(page, 'allow');
    expect(back.origin + back.pathname).toBe(`http://127.0.0.1:${desk.port}/callback`);
    await fetch(back);
    expect(await tokensOf(await grant)).toMatchObject({
      accessToken: expect.any(String) as string,
      refreshToken: expect.any(String) as string,
    });
    expect(desk.waited).toEqual(['loopback']);
    expect((await admin.state()).sessions).toBe(1);
    const [request] = (await admin.requests()).filter(({ path }) => path === '/restapi/oauth/token');
    expect(request?.headers.authorization).toBeUndefined();
  });

  test('sends the client secret with the code if the app has one', async () => {
    app = { ...app, clientSecret: emulator.clientSecret };
    const { grant, page } = await start();
    await fetch(await browser.decide(page, 'allow'));
    await tokensOf(await grant);
    const [request] = (await admin.requests()).filter(({ path }) => path === '/restapi/oauth/token');
    expect(request?.headers.authorization).toMatch(/^Basic /);
  });

  test('ends on a page that says it can be closed and that allows no script, style or request', async () => {
    const { page } = await start();
    const answer = await fetch(await browser.decide(page, 'allow'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const text = await answer.text();
    expect(text).toContain('<h1>Back &#60;home&#62;</h1><p>Close “this” &#38; that.</p>');
    expect(text).not.toMatch(/<script|<link|src=|style/);
  });

  test('answers other requests with 404 and goes on waiting', async () => {
    const { grant, page } = await start();
    const local = `http://127.0.0.1:${desk.port}`;
    expect((await fetch(`${local}/favicon.ico`)).status).toBe(404);
    expect((await fetch(`${local}/callback`, { method: 'POST' })).status).toBe(404);
    await fetch(await browser.decide(page, 'allow'));
    expect(await grant).toMatchObject({ redirectUri: `${local}/callback` });
  });

  test('closes the port after the answer', async () => {
    const { grant, page } = await start();
    await fetch(await browser.decide(page, 'allow'));
    await grant;
    expect(await isListening()).toBe(false);
  });

  test('fails with the number of the port if another program uses it, and opens no page', async () => {
    const other = await listen(desk.port);
    await expect(roundTrip.authorize(app)).rejects.toEqual(problemOf('portTaken'));
    await expect(roundTrip.authorize(app)).rejects.toMatchObject({ detail: String(desk.port) });
    expect(desk.pages).toEqual([]);
    other.close();
  });
});

describe('a sign-in that returns to the editor', () => {
  test.each([
    ['of the desktop', EDITOR_ADDRESS],
    [
      'with parameters, as VS Code in a browser has it',
      'http://127.0.0.1:1/callback?vscode-reqid=1&vscode-scheme=code-oss&vscode-path=%2Fsigned-in',
    ],
  ])('accepts the answer at an address %s', async (_name, address) => {
    desk.editorAddress = address;
    const { grant, page } = await start();
    const back = await browser.decide(page, 'allow');
    expect(back.href.startsWith(`${address}${address.includes('?') ? '&' : '?'}`)).toBe(true);
    desk.comeBackToEditor(back);
    expect(await tokensOf(await grant)).toMatchObject({ accessToken: expect.any(String) as string });
    expect(desk.waited).toEqual(['editor']);
    expect(await isListening()).toBe(false);
  });

  test('opens a new page that returns to the local address if the user chooses that while waiting', async () => {
    desk.editorAddress = EDITOR_ADDRESS;
    const { grant } = await start();
    const next = desk.nextPage();
    roundTrip.returnByLoopback();
    await fetch(await browser.decide(await next, 'allow'));
    expect(await tokensOf(await grant)).toMatchObject({ accessToken: expect.any(String) as string });
    expect(desk.waited).toEqual(['editor', 'loopback']);
    expect(desk.pages).toHaveLength(2);
  });

  test('is not changed by a choice of the local address that was made before it began', async () => {
    desk.editorAddress = EDITOR_ADDRESS;
    roundTrip.returnByLoopback();
    const { grant, page } = await start();
    desk.comeBackToEditor(await browser.decide(page, 'allow'));
    await grant;
    expect(desk.waited).toEqual(['editor']);
  });
});

describe('a sign-in fails', () => {
  const tokenRequests = async () =>
    (await admin.requests()).filter(({ path }) => path === '/restapi/oauth/token').length;

  test('if the user denies it', async () => {
    const { grant, page } = await start();
    await fetch(await browser.decide(page, 'deny'));
    await expect(grant).rejects.toEqual(problemOf('denied'));
    expect(await tokenRequests()).toBe(0);
  });

  test('if the server refuses it, with the error code but without the description of the server', async () => {
    desk.editorAddress = EDITOR_ADDRESS;
    const { grant, page } = await start();
    const state = new URL(page).searchParams.get('state') ?? '';
    desk.comeBackToEditor(
      new URL(`vscode://x/y?error=invalid_scope&error_description=secret-words&state=${state}`),
    );
    await expect(grant).rejects.toEqual(problemOf('refused'));
    await expect(grant).rejects.toMatchObject({ detail: 'invalid_scope' });
    await expect(grant).rejects.not.toMatchObject({
      message: expect.stringContaining('secret-words') as string,
    });
  });

  test('if the answer has no code', async () => {
    const { grant, page } = await start();
    const back = await browser.decide(page, 'allow');
    back.searchParams.delete('code');
    await fetch(back);
    await expect(grant).rejects.toEqual(problemOf('refused'));
  });

  test('if the code is exchanged with another verifier', async () => {
    const { grant, page } = await start();
    await fetch(await browser.decide(page, 'allow'));
    const stolen = { ...(await grant), codeVerifier: 'x'.repeat(43) };
    const refusal = tokensOf(stolen);
    await expect(refusal).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(refusal).rejects.toMatchObject({ reason: 'invalid_grant', errorCode: 'OAU-135' });
    expect((await admin.state()).sessions).toBe(0);
  });

  test('if no answer comes in time, and closes the port', async () => {
    roundTrip = new BrowserRoundTrip(desk, 1);
    await expect(roundTrip.authorize(app)).rejects.toEqual(problemOf('timeout'));
    expect(await isListening()).toBe(false);
  });

  test('if the user cancels it, and closes the port', async () => {
    const cancel = new AbortController();
    const { grant } = await start(cancel.signal);
    expect(await isListening()).toBe(true);
    cancel.abort();
    await expect(grant).rejects.toBeInstanceOf(CancelledError);
    expect(await isListening()).toBe(false);
  });

  test('if the browser cannot be opened', async () => {
    desk.opens = false;
    await expect(roundTrip.authorize(app)).rejects.toEqual(problemOf('notOpened'));
  });
});

test('a second sign-in cancels the first and uses the same port', async () => {
  const first = await start();
  const second = await start();
  await expect(first.grant).rejects.toBeInstanceOf(CancelledError);
  await fetch(await browser.decide(second.page, 'allow'));
  expect(await tokensOf(await second.grant)).toMatchObject({ accessToken: expect.any(String) as string });
});

describe('what is no answer to the sign-in', () => {
  test.each([
    ['of any page that has a picture there', () => '/callback'],
    ['with the state of another request', () => '/callback?code=c&state=another'],
    ['without a state', () => '/callback?code=c'],
    ['with the state twice', (state: string) => `/callback?code=c&state=${state}&state=${state}`],
    ['with an error but without the state', () => '/callback?error=access_denied'],
    ['at another address', (state: string) => `/elsewhere?code=c&state=${state}`],
  ])('%s is passed over, and the sign-in goes on', async (_what, pathOf) => {
    const { grant, page } = await start();
    const state = new URL(page).searchParams.get('state') ?? '';
    const response = await fetch(`http://127.0.0.1:${desk.port}${pathOf(state)}`);
    expect(response.status).toBe(404);
    await fetch(await browser.decide(page, 'allow'));
    expect(await tokensOf(await grant)).toMatchObject({ accessToken: expect.any(String) as string });
  });

  test('under the name of a page of the web is passed over', async () => {
    const { grant, page } = await start();
    const back = await browser.decide(page, 'allow');
    const status = await new Promise((resolve) =>
      request({
        host: '127.0.0.1',
        port: desk.port,
        path: back.pathname + back.search,
        headers: { host: `evil.test:${desk.port}` },
      })
        .on('response', (response) => resolve(response.statusCode))
        .end(),
    );
    expect(status).toBe(404);
    await fetch(back);
    expect(await tokensOf(await grant)).toMatchObject({ accessToken: expect.any(String) as string });
  });

  test('through the editor is passed over as well', async () => {
    desk.editorAddress = EDITOR_ADDRESS;
    const { grant, page } = await start();
    desk.comeBackToEditor(new URL('vscode://x/y?code=c&state=another'));
    desk.comeBackToEditor(await browser.decide(page, 'allow'));
    expect(await tokensOf(await grant)).toMatchObject({ accessToken: expect.any(String) as string });
  });

  test('because it is that of a page that is still open from a sign-in before does not complete this one', async () => {
    const first = await start();
    const second = await start();
    await fetch(await browser.decide(first.page, 'allow'));
    await fetch(await browser.decide(second.page, 'allow'));
    expect(await tokensOf(await second.grant)).toMatchObject({ accessToken: expect.any(String) as string });
  });
});
