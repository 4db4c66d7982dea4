import { openPopStateGate } from "#components/shell/popstate-gate.ts";

// Next runs this before its router.
openPopStateGate();
