import type { MalformedRequest } from "./malformed-request.ts";

/** Routes that take a JSON body, each with a path on which nothing may change. */
const JSON_ROUTES: readonly [method: string, path: string][] = [
  ["POST", "/components"],
  ["PATCH", "/components/nope"],
  ["POST", "/components/nope/configs"],
  ["POST", "/sessions"],
  ["PATCH", "/sessions/nope"],
  ["POST", "/sessions/nope/rename"],
  ["DELETE", "/sessions"],
  ["POST", "/model-providers"],
];

const NOT_AN_OBJECT: readonly [name: string, body: string | Uint8Array][] = [
  ["nothing", ""],
  ["half an object", '{"name":'],
  ["null", "null"],
  ["a list", "[1,2]"],
  ["text", '"text"'],
  ["a number", "1e999"],
  ["two documents", "{}{}"],
  ["a comment", "/* hi */ {}"],
  ["bytes that are no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["UTF-16", new Uint8Array(Buffer.from('{"name":"x"}', "utf16le"))],
  ["NUL in a value", '{"name":"a\\u0000b","component_type":"agent","session_name":"a\\u0000b"}'],
  ["half a surrogate pair", '{"name":"\\udc00","session_name":"\\udc00"}'],
  ["200,000 nested lists", `{"metadata":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
];

const json = { "content-type": "application/json" };

function malformed(name: string, method: string, path: string, body: string | Uint8Array): MalformedRequest {
  return { name: `${method} ${path} with ${name}`, method, path, headers: json, body };
}

const agent = { name: "Abuse", component_type: "agent", stage: "published" };
const model = { provider: "scripted", id: "demo-1" };

const WRONG_FIELDS: readonly [method: string, path: string, body: unknown][] = [
  ["POST", "/components", {}],
  ["POST", "/components", { ...agent, name: 7 }],
  ["POST", "/components", { ...agent, name: "   " }],
  ["POST", "/components", { ...agent, name: "x".repeat(121) }],
  ["POST", "/components", { ...agent, name: null }],
  ["POST", "/components", { ...agent, component_id: "Upper Case" }],
  ["POST", "/components", { ...agent, component_id: "../../etc" }],
  ["POST", "/components", { ...agent, component_id: "" }],
  ["POST", "/components", { ...agent, component_id: "assistant", config: { model } }],
  ["POST", "/components", { ...agent, component_type: "spaceship" }],
  ["POST", "/components", { ...agent, stage: "final" }],
  ["POST", "/components", { ...agent, config: [] }],
  ["POST", "/components", { ...agent, config: "{}" }],
  ["POST", "/components", { ...agent, config: {} }],
  ["POST", "/components", { ...agent, config: { model: "demo-1" } }],
  ["POST", "/components", { ...agent, config: { model: { provider: "scripted", id: "demo-2" } } }],
  ["POST", "/components", { ...agent, config: { model: { provider: "nowhere", id: "x" } } }],
  ["POST", "/components", { ...agent, config: { model, tools: "calculator" } }],
  ["POST", "/components", { ...agent, config: { model, tools: ["no-such-tool"] } }],
  ["POST", "/components", { ...agent, config: { model, tools: Array(129).fill("calculator") } }],
  ["POST", "/components", { ...agent, config: { model, temperature: "hot" } }],
  ["POST", "/components", { ...agent, config: { model, temperature: 99 } }],
  ["POST", "/components", { ...agent, config: { model, num_history_runs: 0.5 } }],
  ["POST", "/components", { ...agent, config: { model, max_output_tokens: -1 } }],
  ["POST", "/components", { ...agent, config: { model, id: "someone-else" } }],
  ["POST", "/components", { ...agent, config: { model, instructions: "x".repeat(200_001) } }],
  ["POST", "/components", { ...agent, config: { model, session_state: { text: "x".repeat(1_100_000) } } }],
  ["POST", "/components", { ...agent, config: { model, quick_prompts: Array(11).fill("hi") } }],
  ["POST", "/components", { ...agent, set_current: "yes", config: { model } }],
  ["POST", "/components", { ...agent, metadata: { big: "x".repeat(200_000) }, config: { model } }],
  ["POST", "/components", { ...agent, config: { model, metadata: Array(5) } }],
  ["PATCH", "/components/assistant", { name: "Mine now" }],
  ["DELETE", "/components/assistant", {}],
  ["POST", "/components/assistant/configs", { config: { model } }],
  ["POST", "/sessions", { session_id: "" }],
  ["POST", "/sessions", { session_id: "x".repeat(129) }],
  ["POST", "/sessions", { session_id: 7 }],
  ["POST", "/sessions", { session_state: "{}" }],
  ["POST", "/sessions", { agent_id: { id: "assistant" } }],
  ["DELETE", "/sessions", { session_ids: [], session_types: [] }],
  ["DELETE", "/sessions", { session_ids: "all", session_types: ["agent"] }],
  ["DELETE", "/sessions", { session_ids: ["a"], session_types: ["everything"] }],
  ["POST", "/sessions/nope/rename", { session_name: "" }],
  ["POST", "/model-providers", { kind: "skynet", name: "x" }],
  ["POST", "/model-providers", { kind: "openai", name: "x" }],
  ["POST", "/model-providers", { kind: "openai-compatible", name: "x", base_url: "file:///etc/passwd" }],
  ["POST", "/model-providers", { kind: "openai-compatible", name: "x", base_url: "http://u:p@localhost/v1" }],
  ["POST", "/model-providers", { kind: "openai", name: "x", api_key: "with space\nand line" }],
  ["POST", "/model-providers/test", { kind: "openai", surprise: true }],
];

/** Requests whose JSON is none, is no object, or has fields at fault. */
export const MALFORMED_JSON: readonly MalformedRequest[] = [
  ...JSON_ROUTES.flatMap(([method, path]) =>
    NOT_AN_OBJECT.map(([name, body]) => malformed(name, method, path, body)),
  ),
  ...WRONG_FIELDS.map(([method, path, body], index) =>
    malformed(`fields at fault (${index + 1})`, method, path, JSON.stringify(body)),
  ),
  malformed(
    "11 MB",
    "POST",
    "/components",
    JSON.stringify({ ...agent, notes: "x".repeat(11 * 1024 * 1024) }),
  ),
  malformed(
    "200,000 values",
    "POST",
    "/sessions",
    JSON.stringify({ session_state: { list: Array(200_000).fill(0) } }),
  ),
  {
    name: "JSON called text",
    method: "POST",
    path: "/components",
    headers: { "content-type": "text/plain" },
    body: "{}",
  },
  {
    name: "JSON without a type",
    method: "POST",
    path: "/components",
    headers: {},
    body: new Uint8Array([0x7b, 0x7d]),
  },
  {
    name: "JSON in another character set",
    method: "POST",
    path: "/components",
    headers: { "content-type": "application/json; charset=utf-16" },
    body: "{}",
  },
  {
    name: "JSON that says it is compressed",
    method: "POST",
    path: "/components",
    headers: { ...json, "content-encoding": "gzip" },
    body: "{}",
  },
];
