/** What a button's action on the server answers: null when it is done, else the sentence that says why not. */
export type ActionResult = { failure: string } | null;
