/** Remembers per browser whether the sidebar is folded, so that the server draws it right at once. */
export const SIDEBAR_COOKIE = "gatehouse_sidebar";
