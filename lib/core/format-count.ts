/** A count such as tokens: exact to 9,999, then "12.4k", then "1.3M". */
export function formatCount(count: number): string {
  if (count < 10_000) return count.toLocaleString("en-US");
  if (count < 999_950) return `${(count / 1_000).toFixed(1).replace(/\.0$/, "")}k`;
  return `${(count / 1_000_000).toFixed(1).replace(/\.0$/, "")}M`;
}
