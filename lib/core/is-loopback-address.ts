/** Whether an address or host name (without a port) means this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/^::ffff:/, "");
  return (
    plain === "localhost" ||
    plain.endsWith(".localhost") ||
    plain === "::1" ||
    /^127(?:\.\d{1,3}){3}$/.test(plain)
  );
}
