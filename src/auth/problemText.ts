import { l10n } from 'vscode';
import type { CredentialProblem } from './credentialInput';
import type { AddressProblem } from './serverAddress';

/** What is wrong with an entered value and how to mend it, in a sentence. */
export function problemText(problem: AddressProblem | CredentialProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a value to continue.');
    case 'notUrl':
      return l10n.t("This isn't a web address. It should look like https://platform.example.com.");
    case 'notHttps':
      return l10n.t('The address must start with https:// because your credentials are sent to it.');
    case 'notOrigin':
      return l10n.t('Enter the address without a path, query, or user name.');
    case 'notClientId':
      return l10n.t(
        'A client ID has no spaces, colons, or special letters. Copy it from the developer console.',
      );
    case 'notSecret':
      return l10n.t('A client secret has no spaces or special letters. Copy it from the developer console.');
    case 'notThreeParts':
      return l10n.t('A JWT has three parts separated by dots. Copy all of it.');
    case 'notJwt':
      return l10n.t("This looks like a JWT, but its first part can't be read. Copy it again.");
  }
}
