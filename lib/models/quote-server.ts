const LONGEST_MESSAGE = 300;

/** What a server said, on one line and of bearable length. */
export function quoteServer(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}
