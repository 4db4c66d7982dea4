import type { Inngest, InngestFunction } from "inngest";

const OPTIONS = {
  batchEvents: { batchEvents: { maxSize: 5, timeout: "5s" } },
  debounce: { debounce: { period: "5s" } },
  throttle: { throttle: { limit: 1, period: "5s" } },
  rateLimit: { rateLimit: { limit: 1, period: "5s" } },
} as const;

/** A function with an option that an engine may leave out, and then must refuse. */
export function refusedFunction(inngest: Inngest, option: string): InngestFunction.Any {
  if (!isOption(option)) throw new Error(`There is no option "${option}".`);
  return inngest.createFunction(
    { id: `refused-${option}`, triggers: [{ event: "conformance/refused" }], ...OPTIONS[option] },
    () => null,
  );
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}
