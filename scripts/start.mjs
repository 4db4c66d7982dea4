// Only what every Node understands may stand here: an old one must get a sentence, not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    `Gatehouse needs Node 20.9 or newer to start, and this is Node ${process.versions.node}. ` +
      "Please install a current Node from https://nodejs.org and start again.",
  );
  process.exit(1);
}
const { start } = await import("./start/start.mjs");
await start(process.argv.slice(2));
