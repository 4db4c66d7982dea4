/** Names of arguments that take arithmetic. */
export const EXPRESSION_KEY = /expression|formula|calculation|equation/i;

/** Names of arguments that take a request as it is, questions included. */
export const ASKING_KEY = /query|search|question|task|message|prompt|input|topic/i;

/** Names of arguments that take whole statements. */
export const STATEMENT_KEY = /text|note|content|body|thought/i;
