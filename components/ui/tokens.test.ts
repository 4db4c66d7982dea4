import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`\n${selector} {\n  color-scheme`);
  const block = css.slice(start, css.indexOf("\n}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+): oklch\(([^)/]+)\)/g)].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
}

/** Relative luminance of an oklch colour, by the matrices of CSS Color 4. */
function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.trim().split(/\s+/).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const clipped = [red, green, blue].map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * (clipped[0] ?? 0) + 0.7152 * (clipped[1] ?? 0) + 0.0722 * (clipped[2] ?? 0);
}

const STATUS = ["running", "needs", "ok", "failed", "unknown", "cancelled"];
const GROUNDS = ["bg", "sunken", "hover", "active"];
const TEXTS = ["fg", "fg-2", "fg-3", "accent-text", ...STATUS.map((status) => `${status}-text`)];
const SHAPES = ["control", "ring", "cat-1", "cat-2", "cat-3", "cat-4", ...STATUS];

const PAIRS: [string, string, number][] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground): [string, string, number] => [text, ground, 4.5])),
  ...STATUS.map((status): [string, string, number] => [`${status}-text`, `${status}-soft`, 4.5]),
  ...SHAPES.flatMap((shape) =>
    ["bg", "sunken"].map((ground): [string, string, number] => [shape, ground, 3]),
  ),
  ["accent-fg", "accent", 4.5],
  ["accent-fg", "accent-hover", 4.5],
  ["danger-fg", "danger", 4.5],
  ["accent-text", "accent-soft", 4.5],
];

test.each([":root", '[data-theme="dark"]'])(
  "every text and every shape of %s has enough contrast",
  (selector) => {
    const tokens = tokensOf(selector);
    const tooWeak = PAIRS.flatMap(([front, back, wanted]) => {
      const [one, other] = [front, back].map((name) => luminance(tokens.get(name) ?? "missing"));
      const lighter = Math.max(one ?? 0, other ?? 0);
      const darker = Math.min(one ?? 0, other ?? 0);
      const ratio = (lighter + 0.05) / (darker + 0.05);
      return ratio >= wanted ? [] : [`${front} on ${back}: ${ratio.toFixed(2)}`];
    });
    expect(tokens.size).toBeGreaterThan(45);
    expect(tooWeak).toEqual([]);
  },
);
