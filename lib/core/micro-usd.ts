const MICRO_USD_PER_USD = 1_000_000;

/** US dollars as whole millionths, to the nearest. */
export function microUsdOf(usd: number): number {
  return Math.round(usd * MICRO_USD_PER_USD);
}

/** Millionths of a US dollar in US dollars. */
export function usdOf(microUsd: number): number {
  return microUsd / MICRO_USD_PER_USD;
}
