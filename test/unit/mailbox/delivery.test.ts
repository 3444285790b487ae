import { describe, expect, it } from 'vitest';
import { failureCode } from '../../../src/mailbox/delivery';
import { aMessage } from '../../builders/message';

describe('the failure code of a message', () => {
  it('is that of the fax recipient, else that of the gateway, else the status', () => {
    const failed = { direction: 'Outbound', messageStatus: 'SendingFailed' } as const;
    expect(failureCode(aMessage({ ...failed, to: [{ faxErrorCode: 'LineBusy' }] }))).toBe('LineBusy');
    expect(failureCode(aMessage({ ...failed, deliveryErrorCode: 'SMS-UP-430' }))).toBe('SMS-UP-430');
    expect(failureCode(aMessage(failed))).toBe('SendingFailed');
    expect(failureCode(aMessage())).toBeUndefined();
  });
});
