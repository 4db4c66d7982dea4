/** Names of arguments that take arithmetic. */
export const EXPRESSION_KEY = /expression|formula|calculation|equation/i;

/** Names of arguments that take whole statements. */
export const STATEMENT_KEY =
  /query|search|question|task|message|text|note|content|prompt|body|input|topic|thought/i;
