/** What we use of the decoders of pdf.js, which come without types. */
declare module 'pdfjs-dist/image_decoders/pdf.image_decoders.mjs' {
  export class JpegImage {
    constructor(options: { colorTransform: 0 | 1 });
    readonly width: number;
    readonly height: number;
    /** @throws Error if it is no JPEG, or damaged */
    parse(data: Uint8Array): void;
    getData(options: { width: number; height: number; isSourcePDF: boolean }): Uint8ClampedArray | Uint8Array;
  }
}
