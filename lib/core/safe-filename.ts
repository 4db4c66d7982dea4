const MAX_CHARACTERS = 200;

/** Makes a file's name fit for a list: the last part of a path, without control and direction characters. */
export function safeFilename(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const printable = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "")
    .trim();
  const plain = printable.replace(/^\.+$/, "");
  return plain === "" ? "file" : plain.slice(-MAX_CHARACTERS).toWellFormed();
}
