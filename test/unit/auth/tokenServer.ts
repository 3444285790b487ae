import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JwtCredential } from '../../../src/auth/signIn';

type Grant = 'jwt' | 'refresh';

const GRANTS: Readonly<Record<string, Grant>> = {
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'jwt',
  refresh_token: 'refresh',
};

/**
 * A token endpoint whose every answer a test can hold back or refuse. It gives `access-1`, `refresh-1`, then
 * `access-2`, and so on.
 */
export interface TokenServer {
  readonly credential: JwtCredential;
  /** The grants asked for, in order, with the refresh token that was sent. */
  readonly requests: string[];
  readonly revoked: string[];
  /** Grants that are answered with 400 invalid_grant. */
  readonly refused: Set<Grant>;
  /** Grants that are answered with the status given. */
  readonly broken: Map<Grant, number>;
  /** Awaited before an answer is sent. */
  hold: Promise<unknown>;
  stop(): Promise<void>;
}

export async function startTokenServer(): Promise<TokenServer> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const form = new URLSearchParams(body);
      if (request.url === '/restapi/oauth/revoke') {
        self.revoked.push(form.get('token') ?? '');
        answer(response, 200, {});
        return;
      }
      const grant = GRANTS[form.get('grant_type') ?? ''] ?? 'jwt';
      self.requests.push(grant === 'jwt' ? 'jwt' : `refresh ${form.get('refresh_token')}`);
      await self.hold;
      const status = self.broken.get(grant);
      if (status !== undefined) answer(response, status, {});
      else if (self.refused.has(grant)) answer(response, 400, { error: 'invalid_grant' });
      else answer(response, 200, nextTokens());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let issued = 0;
  const nextTokens = () => {
    issued += 1;
    return {
      access_token: `access-${issued}`,
      refresh_token: `refresh-${issued}`,
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token_expires_in: 604_800,
      scope: 'ReadMessages',
      owner_id: '101',
    };
  };

  const self: TokenServer = {
    credential: {
      server: { rest: url, media: url },
      clientId: 'client',
      clientSecret: 'secret',
      jwt: 'a.b.c',
    },
    requests: [],
    revoked: [],
    refused: new Set(),
    broken: new Map(),
    hold: Promise.resolve(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
