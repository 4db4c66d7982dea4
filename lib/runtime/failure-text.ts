/** What the model is told of an error of a tool, or of a hook on its way there. */
export function failureText(error: unknown, maxChars: number): string {
  const message = error instanceof Error && error.message !== "" ? error.message : "The tool failed.";
  const text = message.slice(0, maxChars);
  const isGuidance = error instanceof Error && error.name === "TryAgainError";
  return isGuidance ? `Nothing was done. Call the tool again, differently: ${text}` : text;
}
