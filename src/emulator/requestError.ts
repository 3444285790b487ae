/** Fields of an error beside its code and message, for instance the parameter's name. */
export type ErrorDetails = Readonly<Record<string, string>>;

/** A request that is refused; becomes an error answer in the API's form (FACTS, Errors). */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly details: ErrorDetails = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** The JSON body: the first error is repeated at the top, as older clients expect. */
  get body(): object {
    const error = { errorCode: this.errorCode, message: this.message, ...this.details };
    return { ...error, errors: [error] };
  }
}

export function invalidParameter(parameterName: string, parameterValue?: string): RequestError {
  const value = parameterValue === undefined ? '' : ` [${parameterValue}]`;
  return new RequestError(400, 'CMN-101', `Parameter [${parameterName}]${value} is invalid.`, {
    parameterName,
    ...(parameterValue !== undefined && { parameterValue }),
  });
}

export function resourceNotFound(parameterName: string): RequestError {
  return new RequestError(404, 'CMN-102', `Resource for parameter [${parameterName}] is not found.`, {
    parameterName,
  });
}

export function batchTooLarge(parameterName: string, limit: number): RequestError {
  return new RequestError(400, 'CMN-106', `Batch is too large: [${parameterName}] takes ${limit} at most.`, {
    parameterName,
  });
}
