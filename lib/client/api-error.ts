/** An answer of the API that is not a success: the sentence of its `detail` and its HTTP status. */
export class ApiError extends Error {
  readonly status: number;
  /** The raw `detail`: a sentence, or the list of a 422. */
  readonly detail: unknown;

  constructor(status: number, detail: unknown) {
    super(sentenceOf(detail, status));
    this.name = "ApiError";
    this.status = status;
    this.detail = detail;
  }
}

function sentenceOf(detail: unknown, status: number): string {
  if (typeof detail === "string" && detail !== "") return detail;
  if (Array.isArray(detail) && detail.length > 0) {
    const first = detail[0] as { msg?: string; loc?: unknown };
    const field = Array.isArray(first.loc) ? first.loc.slice(1).join(".") : "";
    return `${field === "" ? "" : `${field}: `}${first.msg ?? "The request is not valid."}`;
  }
  return `The server answered with status ${status}.`;
}
