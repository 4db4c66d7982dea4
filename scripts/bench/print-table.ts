import type { Measurement } from "./measurement.ts";

/** Prints the measurements as one table with aligned columns. */
export function printTable(measurements: readonly Measurement[]): void {
  const rows = [
    ["area", "what", "measured", "against"],
    ...measurements.map((m) => [m.area, m.what, m.value, m.against]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  for (const [position, row] of rows.entries()) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
    if (position === 0) console.log(widths.map((width) => "-".repeat(width)).join("  "));
  }
}
