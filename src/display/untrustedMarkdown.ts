import * as vscode from 'vscode';

/** Markdown, empty at first, in which neither commands nor HTML work: it is to hold what other people have written. */
export function untrustedMarkdown(): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
