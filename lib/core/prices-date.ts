/** The day on which the shipped price list (`@pydantic/genai-prices` 0.1.8) was published, ISO 8601. */
export const PRICES_DATE = "2026-09-23";
