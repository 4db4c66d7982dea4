import type { z } from "zod";
import type { ValidationIssue } from "./app-error.ts";
import { echoedInput } from "./echoed-input.ts";

type Issue = z.core.$ZodIssue;
type Location = (string | number)[];

interface Description {
  type: string;
  msg: string;
  ctx?: Record<string, unknown>;
}

/** Fields whose value no answer repeats, not even to the one who sent it. */
const SECRET_FIELDS = /^(?:api_key|password|current_password|new_password|secret|token)$/;
const PARSING_FORMATS = new Set(["url", "uuid", "datetime"]);

/**
 * Translates zod's issues to the wire's: `{type, loc, msg, input, ctx?}` with the type names that AgentOS clients know
 * from pydantic. `location` is where the parsed value came from (`["body"]`, `["query"]`, `["path"]`), `input` is the
 * value as it came in, before any coercion.
 */
export function wireIssues(issues: readonly Issue[], location: Location, input: unknown): ValidationIssue[] {
  return issues.flatMap((issue) => translate(issue, location, input));
}

function translate(issue: Issue, location: Location, root: unknown): ValidationIssue[] {
  const path = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
  const loc = [...location, ...path];
  const value = valueAt(root, path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      type: "extra_forbidden",
      loc: [...loc, key],
      msg: "Extra inputs are not permitted",
      input: echoedInput(valueAt(value, [key])),
    }));
  }
  if (value === undefined && issue.code !== "custom") {
    return [{ type: "missing", loc, msg: "Field required", input: null }];
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0 && !isBooleanUnion(issue)) {
    const deepest = closestBranch(issue.errors);
    if (deepest !== undefined) return deepest.flatMap((inner) => translate(inner, loc, value));
  }
  if (issue.code === "invalid_element") {
    return issue.issues.flatMap((inner) => translate(inner, loc, value));
  }
  const { type, msg, ctx } = describe(issue, value);
  const input = SECRET_FIELDS.test(String(path.at(-1))) ? null : echoedInput(value);
  return [ctx === undefined ? { type, loc, msg, input } : { type, loc, msg, input, ctx }];
}

function describe(issue: Issue, value: unknown): Description {
  switch (issue.code) {
    case "invalid_type":
      return describeType(issue.expected, value);
    case "too_big":
      return describeTooBig(issue);
    case "too_small":
      return describeTooSmall(issue);
    case "invalid_format":
      return describeFormat(issue);
    case "not_multiple_of":
      return {
        type: "multiple_of",
        msg: `Input should be a multiple of ${issue.divisor}`,
        ctx: { multiple_of: issue.divisor },
      };
    case "invalid_value":
      return describeChoice(issue.values.map(String));
    case "invalid_union":
      if (isBooleanUnion(issue)) return describeType("boolean", value);
      return { type: "union_tag_invalid", msg: "Input does not match any of the expected kinds" };
    case "invalid_key":
      return { type: "invalid_key", msg: "Keys should be valid strings" };
    case "custom": {
      const type: unknown = issue.params?.type;
      return { type: typeof type === "string" ? type : "value_error", msg: issue.message };
    }
    case "unrecognized_keys":
    case "invalid_element":
      return { type: "value_error", msg: issue.message };
  }
}

function describeType(expected: string, value: unknown): Description {
  const text = typeof value === "string";
  switch (expected) {
    case "string":
      return { type: "string_type", msg: "Input should be a valid string" };
    case "int":
    case "bigint":
    case "number":
      return text
        ? {
            type: "int_parsing",
            msg: "Input should be a valid integer, unable to parse string as an integer",
          }
        : { type: "int_type", msg: "Input should be a valid integer" };
    case "boolean":
    case "stringbool":
      return text
        ? { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" }
        : { type: "bool_type", msg: "Input should be a valid boolean" };
    case "array":
    case "tuple":
      return { type: "list_type", msg: "Input should be a valid list" };
    case "object":
    case "record":
    case "map":
      return { type: "dict_type", msg: "Input should be a valid dictionary" };
    default:
      return { type: "value_error", msg: "Input is of the wrong kind" };
  }
}

function describeTooBig(issue: z.core.$ZodIssueTooBig): Description {
  const limit = Number(issue.maximum);
  if (issue.origin === "string") {
    return {
      type: "string_too_long",
      msg: `String should have at most ${limit} characters`,
      ctx: { max_length: limit },
    };
  }
  if (issue.origin === "number" || issue.origin === "int" || issue.origin === "bigint") {
    return issue.inclusive === false
      ? { type: "less_than", msg: `Input should be less than ${limit}`, ctx: { lt: limit } }
      : {
          type: "less_than_equal",
          msg: `Input should be less than or equal to ${limit}`,
          ctx: { le: limit },
        };
  }
  return { type: "too_long", msg: `List should have at most ${limit} items`, ctx: { max_length: limit } };
}

function describeTooSmall(issue: z.core.$ZodIssueTooSmall): Description {
  const limit = Number(issue.minimum);
  if (issue.origin === "string") {
    return {
      type: "string_too_short",
      msg: `String should have at least ${limit} character${limit === 1 ? "" : "s"}`,
      ctx: { min_length: limit },
    };
  }
  if (issue.origin === "number" || issue.origin === "int" || issue.origin === "bigint") {
    return issue.inclusive === false
      ? { type: "greater_than", msg: `Input should be greater than ${limit}`, ctx: { gt: limit } }
      : {
          type: "greater_than_equal",
          msg: `Input should be greater than or equal to ${limit}`,
          ctx: { ge: limit },
        };
  }
  return { type: "too_short", msg: `List should have at least ${limit} items`, ctx: { min_length: limit } };
}

function describeFormat(issue: z.core.$ZodIssueInvalidStringFormat): Description {
  const ownSentence = issue.message.startsWith("Invalid ") ? undefined : issue.message;
  const format: string = issue.format;
  if (format === "regex") {
    const pattern = issue.pattern ?? "";
    return {
      type: "string_pattern_mismatch",
      msg: ownSentence ?? `String should match pattern '${pattern}'`,
      ctx: { pattern },
    };
  }
  const type = PARSING_FORMATS.has(format) ? `${format}_parsing` : "value_error";
  return { type, msg: ownSentence ?? `Input should be a valid ${format}` };
}

function describeChoice(values: string[]): Description {
  const quoted = values.map((value) => `'${value}'`);
  const last = quoted.pop() ?? "";
  const expected = quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
  return {
    type: values.length === 1 ? "literal_error" : "enum",
    msg: `Input should be ${expected}`,
    ctx: { expected },
  };
}

/** A boolean that also comes as text is a union in zod, but one thing to the caller. */
function isBooleanUnion(issue: z.core.$ZodIssueInvalidUnion): boolean {
  return issue.errors.some((branch) =>
    branch.some((inner) => inner.path.length === 0 && "expected" in inner && inner.expected === "stringbool"),
  );
}

/** The branch that got furthest into the value is the one that the caller meant. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  let best: readonly Issue[] | undefined;
  let bestDepth = -1;
  for (const branch of branches) {
    const depth = Math.max(0, ...branch.map((issue) => issue.path.length));
    if (depth > bestDepth) [best, bestDepth] = [branch, depth];
  }
  return best;
}

function valueAt(root: unknown, path: Location): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
