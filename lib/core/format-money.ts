/**
 * Money in our format: "$4.82", below a dollar "$0.031", below a tenth of a cent "<$0.001".
 * Takes millionths of a US dollar; null is a model without a known price and reads "no price", never $0.00.
 */
export function formatMoney(microUsd: number | null): string {
  if (microUsd === null) return "no price";
  if (microUsd === 0) return "$0.00";
  const usd = microUsd / 1_000_000;
  if (usd < 0.001) return "<$0.001";
  if (usd < 0.9995) return `$${usd.toFixed(3)}`;
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
