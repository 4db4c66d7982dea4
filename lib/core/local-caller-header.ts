/**
 * The header by which the listener marks a request that was made on this machine to this machine's own name; what a
 * client sends under this name is replaced.
 */
export const LOCAL_CALLER_HEADER = "x-gatehouse-local-caller";
