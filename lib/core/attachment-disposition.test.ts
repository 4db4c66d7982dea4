import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { attachmentDisposition } from "./attachment-disposition.ts";

describe("attachmentDisposition", () => {
  it("names a file in ASCII and as it is", () => {
    expect(attachmentDisposition("Bericht (März).pdf")).toBe(
      `attachment; filename="Bericht (M_rz).pdf"; filename*=UTF-8''Bericht%20%28M%C3%A4rz%29.pdf`,
    );
  });

  it("takes any name without leaving its place in the header, and gives it back whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (filename) => {
        const [, plain, encoded] =
          /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([A-Za-z0-9%._~!-]*)$/.exec(
            attachmentDisposition(filename),
          ) ?? [];
        expect(plain).toMatch(/^[\x20-\x7e]*$/);
        expect(decodeURIComponent(encoded ?? "?")).toBe(filename.toWellFormed());
      }),
    );
  });
});
