import { decodeExtension } from './decode';
import { ResponseFormatError } from './errors';
import { readJson } from './jsonBody';
import { EXTENSION } from './paths';
import type { Extension } from './schema';
import type { Transport } from './transport';

/** `readExtension`: whom the access token belongs to. Throws as `Transport.send` does. */
export async function readExtension(transport: Transport, signal?: AbortSignal): Promise<Extension> {
  const answer = await transport.send(
    { operation: 'readExtension', method: 'GET', uri: EXTENSION },
    readJson,
    signal,
  );
  const extension = decodeExtension(answer);
  if (!extension) throw new ResponseFormatError('The extension has no id');
  return extension;
}
