import type { Finding } from "./finding.ts";
import { isTest } from "./is-test.ts";
import type { SourceFile } from "./source-file.ts";

const hardStop = 400;
const medianLimit = 60;
const percentile95Limit = 250;

/** Finds files that are too long, and says so when files in general have grown too long. Tests have the hard stop only. */
export function fileSizes(files: readonly SourceFile[]): Finding[] {
  const tooLong = files
    .filter((file) => file.lines > hardStop)
    .map((file) => ({ file: file.path, message: `has ${file.lines} lines; ${hardStop} are the limit` }));
  const sizes = files
    .filter((file) => !isTest(file.path))
    .map((file) => file.lines)
    .sort((left, right) => left - right);
  return [
    ...tooLong,
    ...overall("median", quantile(sizes, 0.5), medianLimit),
    ...overall("95th percentile", quantile(sizes, 0.95), percentile95Limit),
  ];
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function overall(name: string, value: number, limit: number): Finding[] {
  return value <= limit
    ? []
    : [{ file: ".", message: `the ${name} of all files is ${value} lines; ${limit} is the limit` }];
}
