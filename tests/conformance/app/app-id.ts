/** The client's id of the suite's app; function ids begin with it. */
export const APP_ID = "gatehouse-conformance";
