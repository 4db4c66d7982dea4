/** The header by which the proxy tells a page its own path and query; what a client sends under this name is replaced. */
export const PATH_HEADER = "x-gatehouse-path";
