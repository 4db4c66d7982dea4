/** The origins that the wire contract allows when the operator names none. */
const contractOrigins = [
  "http://localhost:3000",
  "https://agno.com",
  "https://www.agno.com",
  "https://app.agno.com",
  "https://os-stg.agno.com",
  "https://os.agno.com",
];

/** The origins that browsers may call the API from: the operator's comma-separated list, else the contract's. */
export function corsOrigins(configured: string | undefined): ReadonlySet<string> {
  if (configured === undefined) return new Set(contractOrigins);
  return new Set(
    configured
      .split(",")
      .map((origin) => origin.trim().replace(/\/$/, ""))
      .filter((origin) => origin !== ""),
  );
}
