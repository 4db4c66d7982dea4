/** One part of the tests: a program under this Node that ends with exit code 0 when all is well. */
export interface Lane {
  name: string;
  args: readonly string[];
  /** Whose report names the tests that failed. */
  runner?: "vitest" | "playwright" | "conformance";
  /** Additions to the environment. */
  environment?: Record<string, string>;
}
