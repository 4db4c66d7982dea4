import { describe, expect, test } from "vitest";
import { emailSchema, newPasswordSchema, personNameSchema } from "./account.ts";

describe("an account's", () => {
  test("e-mail is kept in lower case without spaces around it", () => {
    expect(emailSchema.parse("  Ada@Example.COM ")).toBe("ada@example.com");
  });

  test.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "a b@example.com",
    "ada@example.com\0",
    `${"a".repeat(250)}@x.de`,
  ])("e-mail is not %j", (text) => {
    expect(emailSchema.safeParse(text).success).toBe(false);
  });

  test.each([
    "short",
    "aaaaaaaaaaaa",
    "1234567890",
    "0987654321",
    "abcdefghijkl",
    "Password123",
    "x".repeat(201),
  ])("password is not as easy to guess as %j", (text) => {
    expect(newPasswordSchema.safeParse(text).success).toBe(false);
  });

  test.each(["correct horse", "пароль на ночь", "Tr0ub4dor&3x"])("password may be %j", (text) => {
    expect(newPasswordSchema.safeParse(text).success).toBe(true);
  });

  test.each(["", "   ", "a\u0000b", "line\nbreak", "x".repeat(81), "\ud800"])("name is not %j", (text) => {
    expect(personNameSchema.safeParse(text).success).toBe(false);
  });
});
