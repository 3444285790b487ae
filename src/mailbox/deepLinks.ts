/**
 * Addresses that open a new text message or a call in another app (RingCentral's URI Scheme Reference; RFC 3966 for
 * `tel:`, RFC 5724 for `sms:`). Nothing goes into them but a number in E.164 and what the user has typed.
 */

/** Which app: RingCentral's in the browser, RingCentral's on this computer, or the one that the computer has for it. */
export type OpenWith = 'web' | 'app' | 'system';

export interface ReplyLink {
  readonly address: string;
  /** Whether the address has the text in it; if not, the user has to paste it. */
  readonly hasText: boolean;
}

/** Characters. Windows opens no address of more than 2,081. */
const LONGEST_ADDRESS = 2_000;

/**
 * Opens a new text message.
 * @param number E.164
 * @param text what the user has typed; may be empty
 */
export function replyLink(openWith: OpenWith, number: string, text: string): ReplyLink {
  const address = smsAddress(openWith, number);
  if (openWith !== 'web' || text === '') return { address, hasText: false };
  const withText = `${address}&content=${encodeURIComponent(text.toWellFormed())}`;
  return withText.length <= LONGEST_ADDRESS
    ? { address: withText, hasText: true }
    : { address, hasText: false };
}

/**
 * Opens a call.
 * @param number E.164
 */
export function callLink(openWith: OpenWith, number: string): string {
  switch (openWith) {
    case 'web':
      return `https://app.ringcentral.com/r/call?number=${encodeURIComponent(number)}`;
    case 'app':
      return `rcmobile://call?number=${encodeURIComponent(number)}`;
    case 'system':
      return `tel:${number}`;
  }
}

/** RingCentral documents a text for its app in the browser alone. Apple allows none in `sms:`, whatever the RFC says. */
function smsAddress(openWith: OpenWith, number: string): string {
  switch (openWith) {
    case 'web':
      return `https://app.ringcentral.com/r/sms?type=new&number=${encodeURIComponent(number)}`;
    case 'app':
      return `rcmobile://sms?number=${encodeURIComponent(number)}`;
    case 'system':
      return `sms:${number}`;
  }
}
