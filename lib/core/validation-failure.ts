import { AppError, type ValidationIssue } from "./app-error.ts";

/** Makes the error of a request whose fields are at fault: 422 with the wire's list of issues. */
export function validationFailure(issues: ValidationIssue[]): AppError {
  const first = issues[0];
  const sentence = first === undefined ? "The request is not valid." : `${first.loc.join(".")}: ${first.msg}`;
  return new AppError("invalid", sentence, { issues });
}
