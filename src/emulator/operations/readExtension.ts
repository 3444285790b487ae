import { integer } from '../../api/json';
import { ACCOUNT_ID, EXTENSION } from '../account';
import type { EmulatorContext } from '../context';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import { ACCOUNT_PATH, EXTENSION_PATH } from '../wire';

/** `readExtension`: who is signed in. */
export function readExtension(_request: EmulatorRequest, { origins, permissions }: EmulatorContext): Reply {
  return jsonReply(200, {
    uri: `${origins.rest}${EXTENSION_PATH}`,
    id: integer(EXTENSION.id),
    account: { id: ACCOUNT_ID, uri: `${origins.rest}${ACCOUNT_PATH}` },
    extensionNumber: EXTENSION.extensionNumber,
    name: EXTENSION.name,
    contact: {
      firstName: EXTENSION.firstName,
      lastName: EXTENSION.lastName,
      name: EXTENSION.name,
      company: EXTENSION.company,
      businessPhone: EXTENSION.phoneNumber,
    },
    type: 'User',
    status: 'Enabled',
    hidden: false,
    permissions: {
      admin: { enabled: permissions.user.has('AccountAdministration') },
      internationalCalling: { enabled: false },
    },
    regionalSettings: {
      homeCountry: { id: '1', name: 'United States', isoCode: 'US', callingCode: '1' },
      timezone: { id: '58', name: 'US/Pacific', description: 'Pacific Time (US & Canada)', bias: '-480' },
      language: { id: '1033', localeCode: 'en-US', name: 'English (United States)' },
      timeFormat: '12h',
    },
    serviceFeatures: ['Fax', 'MMS', 'Pager', 'SMS', 'SMSReceiving', 'Voicemail', 'VoicemailToText'].map(
      (featureName) => ({ featureName, enabled: true }),
    ),
    setupWizardState: 'Completed',
  });
}
