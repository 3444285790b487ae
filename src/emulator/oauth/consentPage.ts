import { EXTENSION } from '../account';
import type { Reply } from '../http';

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1rem; color-scheme: light dark }
  button { font: inherit; padding: .5rem 1.5rem; margin-right: .5rem }`;

/** Asks the user to let the app in. Its two buttons post the authorization request again, with the decision. */
export function consentPage(authorizationRequest: URLSearchParams, scope: readonly string[]): Reply {
  const fields = [...authorizationRequest]
    .filter(([name]) => name !== 'decision')
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Authorize access – sample mailbox</title><style>${STYLE}</style></head>
<body>
<h1>Authorize access</h1>
<p>An app asks for access to the sample mailbox of <strong>${escape(EXTENSION.name)}</strong>, ext. ${EXTENSION.extensionNumber}:</p>
<ul>${scope.map((permission) => `<li>${escape(permission)}</li>`).join('')}</ul>
<form method="post" action="/restapi/oauth/authorize">
${fields.join('\n')}
<button name="decision" value="allow" autofocus>Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
</body>
</html>
`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    body,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
