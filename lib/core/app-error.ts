/** Every way in which a request can fail for a reason that we know, and its HTTP status. */
export const STATUS_BY_ERROR_CODE = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  not_supported: 501,
  upstream_failed: 502,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS_BY_ERROR_CODE;

/** One failed check of a request, in the shape of the wire's 422 list. */
export interface ValidationIssue {
  type: string;
  loc: (string | number)[];
  msg: string;
  input?: unknown;
  ctx?: Record<string, unknown>;
}

interface AppErrorOptions {
  /** What the log gets; the person never sees it. */
  cause?: unknown;
  /** Present with code `invalid` when single fields are at fault. */
  issues?: ValidationIssue[];
  /** What the answer says beside the sentence, for programs. */
  details?: Record<string, unknown>;
  /** Extra response headers, such as `retry-after`. */
  headers?: Record<string, string>;
}

/**
 * The one error type. `message` is the sentence that the person sees, with what to do next;
 * `code` is what programs read; `cause` is for the log.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: ValidationIssue[] | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.issues = options.issues;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return STATUS_BY_ERROR_CODE[this.code];
  }
}
