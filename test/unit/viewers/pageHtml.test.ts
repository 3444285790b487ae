import { describe, expect, test } from 'vitest';
import { pageHtml, type PageResources } from '../../../src/viewers/pageHtml';

const resources: PageResources = {
  cspSource: "'self' https://*.example.net",
  script: 'https://cdn.example.net/viewer.js',
  style: 'https://cdn.example.net/viewer.css',
  language: 'en',
  title: 'Ann',
  loading: 'Loading…',
  decoders: true,
};

function policy(html: string): Map<string, string[]> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const decoded = content.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
  return new Map(
    decoded.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

describe('pageHtml', () => {
  test('has a content security policy that allows only the named sources', () => {
    const csp = policy(pageHtml(resources));
    expect(csp.get('default-src')).toEqual(["'none'"]);
    expect(csp.get('style-src')).toEqual(["'self'", 'https://*.example.net']);
    expect(csp.get('img-src')).toEqual(['blob:']);
    expect(csp.get('media-src')).toEqual(['blob:']);
    expect(csp.get('connect-src')).toEqual(["'self'", 'https://*.example.net']);
    expect([...csp.values()].flat().filter((source) => source.includes('unsafe'))).toEqual([
      "'wasm-unsafe-eval'",
    ]);
  });

  test('allows workers and WebAssembly only where documents are decoded', () => {
    const csp = policy(pageHtml({ ...resources, decoders: false }));
    expect(csp.get('script-src')?.join(' ')).not.toContain('wasm');
    expect(csp.has('worker-src')).toBe(false);
    expect(csp.has('font-src')).toBe(false);
  });

  test('allows only its own script, by a nonce that differs each time', () => {
    const nonces = [pageHtml(resources), pageHtml(resources)].map((html) => {
      const nonce = /<script [^>]*nonce="([^"]+)"/.exec(html)?.[1];
      expect(policy(html).get('script-src')).toContain(`'nonce-${String(nonce)}'`);
      return nonce;
    });
    expect(nonces[0]).toMatch(/^[\w+/]{32}$/);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('escapes markup in the title', () => {
    const html = pageHtml({ ...resources, title: '</title><script>alert(1)</script>' });
    expect(html).not.toContain('<script>alert');
  });
});
