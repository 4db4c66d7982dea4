const STOP_WORDS = new Set(
  (
    "a about after all also am an and any are as at be because been before but by can could did do does down each for " +
    "from had has have he her him his how i if in into is it its just let like me more my no not now of off on one or " +
    "our out please she should so some than that the their them then there these they this those to too up us use " +
    "using very want was we were what when where which who whom why will with would you your yours"
  ).split(" "),
);

/** The words of a text that carry meaning, in lower case; names in snake_case and camelCase count as several. */
export function contentWords(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}
