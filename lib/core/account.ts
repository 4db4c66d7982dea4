import { z } from "zod";

const CONTROL_CHARACTERS = /\p{Cc}/u;
const MINIMUM_PASSWORD_LENGTH = 10;
const COMMON = new Set([
  "password12",
  "password123",
  "passwordpassword",
  "qwertyuiop",
  "iloveyou12",
  "letmein123",
]);

/** An e-mail address in lower case, as accounts are found by. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "That is too long for an e-mail address.")
  .pipe(z.email("Enter an e-mail address such as ada@example.com."));

/** What a person is called in the console. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1, "Enter your name.")
  .max(80, "Use at most 80 characters.")
  .refine((name) => !CONTROL_CHARACTERS.test(name) && name.isWellFormed(), "Use letters, digits and spaces.");

/** A new password. Length is what counts; the longest is bounded because hashing reads all of it. */
export const newPasswordSchema = z
  .string()
  .min(
    MINIMUM_PASSWORD_LENGTH,
    `Use at least ${MINIMUM_PASSWORD_LENGTH} characters; a short sentence is good.`,
  )
  .max(200, "Use at most 200 characters.")
  .refine(
    (password) => new Set(password).size >= 5 && !COMMON.has(password.toLowerCase()) && !isSequence(password),
    "That password is easy to guess. Use a short sentence.",
  );

/** True for keyboard walks through the digits or the alphabet, such as 1234567890. */
function isSequence(password: string): boolean {
  const codes = Array.from(password.toLowerCase(), (letter) => letter.charCodeAt(0));
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return steps.filter((step) => Math.abs(step) === 1).length >= steps.length - 1;
}
