/** Absolute path of the checkout. */
export const projectRoot: string;
