import fc from "fast-check";
import { z } from "zod";
import { arrayKeys } from "#lib/api/array-keys.ts";
import type { Contract } from "#lib/api/contract.ts";
import { CONTRACTS } from "#lib/api/contracts.ts";

/** A request made up from a contract: some of it plausible, some of it not. */
export interface FuzzedRequest {
  operationId: string;
  method: string;
  /** With its query, without `/api`. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Values that get a request past the door now and then, by the name of the field. */
const PLAUSIBLE: Readonly<Record<string, readonly unknown[]>> = {
  agent_id: ["assistant", "web-reader", "fuzz-agent"],
  component_id: ["fuzz-agent", "assistant"],
  component_type: ["agent", "team"],
  config: [{}, { model: { provider: "scripted", id: "demo-1" } }, { tools: ["calculator"] }],
  kind: ["openai", "openai-compatible"],
  // A port on which nothing listens: a connection test must fail fast and stay in the machine.
  base_url: ["http://127.0.0.1:9/v1"],
  api_key: ["sk-fuzz-0123456789abcdef"],
  message: ["hello", "What is 2+2?", "/tool calculator {}"],
  name: ["Fuzz agent", "Fuzz"],
  session_id: ["fuzz-session", "fuzz-other"],
  session_ids: [["fuzz-session"]],
  session_name: ["fuzz"],
  session_types: [["agent"]],
  stage: ["draft", "published"],
  stream: ["false", false],
  version: [1, "1", 2],
  model: ["m", { provider: "scripted", id: "demo-1" }],
};

/** Fields that would make the server call somebody else. */
const NEVER_JUNK = new Set(["base_url"]);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "1e309",
    "null",
    "true",
    "[]",
    "{}",
    "\0",
    "%00",
    "../..",
    "2147483648",
    "NaN",
  ),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(null, true, false, [], {}, [[]], { a: { b: [null] } }),
);

function valueOf(name: string): fc.Arbitrary<unknown> {
  const plausible = fc.constantFrom(...(PLAUSIBLE[name] ?? [1, "x", true]));
  if (NEVER_JUNK.has(name)) return plausible;
  return fc.oneof({ weight: 3, arbitrary: plausible }, { weight: 1, arbitrary: junk });
}

function fieldsOf(schema: z.ZodType): fc.Arbitrary<Record<string, unknown>> {
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const fields = Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
  return fc.record(fields, { requiredKeys: [] });
}

function asText(value: unknown): string {
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return written.toWellFormed();
}

function encoded(fields: Record<string, unknown>, lists: ReadonlySet<string>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    Array.isArray(value) && lists.has(name)
      ? value.map((item) => [name, asText(item)])
      : [[name, asText(value)]],
  );
  return new URLSearchParams(pairs).toString();
}

function requestOf(contract: Contract): fc.Arbitrary<FuzzedRequest> {
  const names = [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const { body } = contract;
  return fc
    .record({
      params: fc.tuple(...names.map((name) => fc.oneof({ weight: 3, arbitrary: valueOf(name) }, text))),
      query: fieldsOf(contract.query),
      fields: body.kind === "none" ? fc.constant({}) : fieldsOf(body.schema),
      whole: fc.option(junk, { freq: 10, nil: undefined }),
      asJson: fc.boolean(),
      type: fc.option(
        fc.constantFrom("text/plain", "application/json; charset=utf-8", "multipart/form-data; boundary=b"),
        {
          freq: 12,
          nil: undefined,
        },
      ),
    })
    .map(({ params, query, fields, whole, asJson, type }) => {
      const path = names.reduce(
        (done, name, index) =>
          done.replace(`{${name}}`, encodeURIComponent(asText(params[index])).replace(/^\.+$/, "x")),
        contract.path,
      );
      const search = encoded(query, arrayKeys(contract.query));
      const json = body.kind === "json" || asJson;
      const headers: Record<string, string> = {};
      if (body.kind !== "none") {
        headers["content-type"] = type ?? (json ? "application/json" : "application/x-www-form-urlencoded");
      }
      return {
        operationId: contract.operationId,
        method: contract.method,
        path: search === "" ? path : `${path}?${search}`,
        headers,
        body:
          body.kind === "none"
            ? undefined
            : json
              ? JSON.stringify(whole === undefined ? fields : whole)
              : encoded(fields, arrayKeys(body.schema)),
      };
    });
}

/** A request to any route of the API. */
export const fuzzedRequest: fc.Arbitrary<FuzzedRequest> = fc.oneof(...CONTRACTS.map(requestOf));
