/** Bytes from the name of a box `hdlr` to what it says that its track is (ISO/IEC 14496-12, 8.4.3). */
const TO_TYPE = 12;

/** Bytes that are looked through at a time; of each piece, the beginning is looked through with the one before as well. */
const PIECE = 1_000_000;
const OVERLAP = TO_TYPE + 4;

/** Whether a file of the MP4 family (MOV, 3GP) has a track of sound. */
export async function hasSoundTrack(file: Blob): Promise<boolean> {
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = await file.slice(at, at + PIECE + OVERLAP).arrayBuffer();
    if (tellsOfSound(new Uint8Array(piece))) return true;
  }
  return false;
}

function tellsOfSound(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(HDLR[0]); at >= 0; at = bytes.indexOf(HDLR[0], at + 1))
    if (says(bytes, at, HDLR) && says(bytes, at + TO_TYPE, SOUN)) return true;
  return false;
}

/** `hdlr` and `soun` in ASCII. */
const HDLR = [0x68, 0x64, 0x6c, 0x72] as const;
const SOUN = [0x73, 0x6f, 0x75, 0x6e] as const;

function says(bytes: Uint8Array, at: number, word: readonly number[]): boolean {
  return word.every((byte, index) => bytes[at + index] === byte);
}
