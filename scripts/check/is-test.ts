/** Whether a file belongs to the tests, which may import what they test and are not part of the product. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith("tests/");
}
