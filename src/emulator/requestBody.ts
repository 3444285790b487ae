import { MIMEType } from 'node:util';

import { parseJson } from '../api/json';
import type { EmulatorRequest } from './http';
import { invalidParameter, RequestError } from './requestError';

/** The media type of the body, `undefined` if it is not stated. @throws RequestError 415 if it cannot be read */
export function bodyType(request: EmulatorRequest): MIMEType | undefined {
  const header = request.headers['content-type'];
  if (header === undefined) return undefined;
  try {
    return new MIMEType(header);
  } catch {
    throw unsupportedType();
  }
}

export function unsupportedType(): RequestError {
  return new RequestError(415, 'CMN-101', 'Content type of the request body is not supported.', {
    parameterName: 'Content-Type',
  });
}

/** @throws RequestError 400 for what is not JSON */
export function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw invalidParameter('body');
  }
}

/** @throws RequestError 400 for what is not a JSON object */
export function readObject(value: unknown, name = 'body'): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw invalidParameter(name);
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
