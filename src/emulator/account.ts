/** The one account and extension that the emulator serves. Its number is of the block reserved for fiction. */
export const ACCOUNT_ID = '400131400008';

export const EXTENSION = {
  id: '400131426008',
  name: 'Robin Whitlock',
  firstName: 'Robin',
  lastName: 'Whitlock',
  company: 'Whitlock & Vale Builders',
  extensionNumber: '101',
  phoneNumber: '+15415550101',
} as const;
