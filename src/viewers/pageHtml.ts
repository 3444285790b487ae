import { randomBytes } from 'node:crypto';

export interface PageResources {
  /** `Webview.cspSource`. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Of the page's texts, BCP 47. */
  readonly language: string;
  readonly title: string;
  /** Shown until the page's script takes over. */
  readonly loading: string;
  /** Whether the page decodes documents, in workers and with WebAssembly. */
  readonly decoders: boolean;
}

/**
 * The document of a viewer's page. Nothing runs or loads but the extension's own script and style. Attachments are shown
 * from `blob:` addresses; their bytes come by message, or, if there are many, are fetched from a folder that is this page's
 * alone. In a webview a worker can only be started from `blob:`, so a page with decoders must fetch their code, too; pdf.js
 * has some of them in WebAssembly, and brings fonts for documents that leave theirs out.
 * Its own texts run from left to right, as in every language that VS Code has; what people write has its own direction.
 */
export function pageHtml(page: PageResources): string {
  const nonce = randomBytes(24).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${page.cspSource}${page.decoders ? ` 'wasm-unsafe-eval'` : ''}`,
    `style-src ${page.cspSource}`,
    `img-src blob:`,
    `media-src blob:`,
    `connect-src ${page.cspSource}`,
    ...(page.decoders ? [`worker-src blob:`, `font-src ${page.cspSource}`] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(page.language)}" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title>
<link rel="stylesheet" href="${escape(page.style)}">
</head>
<body>
<main id="page"><p class="state" role="status">${escape(page.loading)}</p></main>
<script type="module" nonce="${nonce}" src="${escape(page.script)}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
