/** What is known of a file in media/sample without opening it. */
export interface MediaFile {
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Of a recording, rounded. */
  readonly seconds?: number;
  /** Of a fax. */
  readonly pages?: number;
  /** Pixels. */
  readonly width?: number;
  /** Pixels. */
  readonly height?: number;
}

/** The files of media/sample, by name. Written by media/sample/generate/measure.mjs. */
export const media = {
  'ben-castellano.vcf': { contentType: 'text/vcard', size: 576 },
  'biscuit.gif': { contentType: 'image/gif', size: 64357, width: 320, height: 320 },
  'budget.png': { contentType: 'image/png', size: 9103, width: 960, height: 600 },
  'fax-agreement.pdf': { contentType: 'application/pdf', size: 22051, pages: 2 },
  'fax-change-order.pdf': { contentType: 'application/pdf', size: 36169, pages: 3 },
  'fax-insurance.pdf': { contentType: 'application/pdf', size: 25517, pages: 2 },
  'fax-lunch-menu.tif': { contentType: 'image/tiff', size: 9372, pages: 1 },
  'fax-permit-review.tif': { contentType: 'image/tiff', size: 33040, pages: 2 },
  'fax-survey.tif': { contentType: 'image/tiff', size: 31614, pages: 2 },
  'fax-timber-quote.tif': { contentType: 'image/tiff', size: 73840, pages: 3 },
  'materials.txt': { contentType: 'text/plain', size: 332 },
  'offer.rtf': { contentType: 'application/rtf', size: 282 },
  'pendant.mp4': { contentType: 'video/mp4', size: 43097, width: 360, height: 270 },
  'site-plan.png': { contentType: 'image/png', size: 17103, width: 1000, height: 750 },
  'site-sunset.jpg': { contentType: 'image/jpeg', size: 43833, width: 1200, height: 800 },
  'stair.jpg': { contentType: 'image/jpeg', size: 37413, width: 768, height: 1024 },
  'tile-samples.jpg': { contentType: 'image/jpeg', size: 41371, width: 1000, height: 750 },
  'voicemail-ben.wav': { contentType: 'audio/x-wav', size: 82802, seconds: 10 },
  'voicemail-curtis.mp3': { contentType: 'audio/mpeg', size: 24572, seconds: 12 },
  'voicemail-dana.mp3': { contentType: 'audio/mpeg', size: 19244, seconds: 9 },
  'voicemail-dentist.mp3': { contentType: 'audio/mpeg', size: 17948, seconds: 9 },
  'voicemail-eleanor.mp3': { contentType: 'audio/mpeg', size: 22412, seconds: 11 },
  'voicemail-inspector.wav': { contentType: 'audio/x-wav', size: 13840, seconds: 8 },
  'voicemail-jonas.wav': { contentType: 'audio/x-wav', size: 72958, seconds: 9 },
  'voicemail-kenji.mp3': { contentType: 'audio/mpeg', size: 24428, seconds: 12 },
  'voicemail-maya.wav': { contentType: 'audio/x-wav', size: 105596, seconds: 7 },
  'voicemail-pocket.mp3': { contentType: 'audio/mpeg', size: 13484, seconds: 6 },
  'voicemail-rosa.mp3': { contentType: 'audio/mpeg', size: 19388, seconds: 9 },
  'voicemail-ruth.mp3': { contentType: 'audio/mpeg', size: 23852, seconds: 12 },
  'voicemail-wei.mp3': { contentType: 'audio/mpeg', size: 21980, seconds: 11 },
  'whiteboard.jpg': { contentType: 'image/jpeg', size: 55984, width: 1200, height: 900 },
} as const satisfies Record<string, MediaFile>;

export type MediaName = keyof typeof media;
