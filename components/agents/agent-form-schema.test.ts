import { expect, test } from "vitest";
import { formSentence } from "#components/shell/form-sentence.ts";
import { agentFormOf, agentFormSchema, emptyAgentForm } from "./agent-form-schema.ts";

const VALID = { ...emptyAgentForm("scripted/demo-1"), name: "Support triage", id: "support-triage" };

function issuesOf(values: unknown) {
  const parsed = agentFormSchema.safeParse(values, { error: formSentence });
  return (parsed.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]);
}

test("a definition survives the way into the form and back", () => {
  const definition = agentFormSchema.parse({
    ...VALID,
    model: "openrouter/meta/llama-4",
    temperature: "0.2",
    reasoning_effort: "low",
    session_state: '{"team":"billing"}',
    quick_prompts: "What is new?\n\n  Sort the newest thread.  ",
    introduction: "Hello.",
    output_schema: '{"title":"Ticket","type":"object","properties":{"urgent":{"type":"boolean"}}}',
    use_json_mode: true,
    input_schema: '{"type":"object","properties":{"city":{"type":"string"}}}',
    expected_output: "One line.",
    system_message: "Be brief.",
    num_history_messages: "20",
    max_tool_calls_from_history: "0",
    add_session_state_to_context: true,
    enable_agentic_state: true,
    overwrite_db_session_state: true,
    read_chat_history: true,
    read_tool_call_history: true,
    search_past_sessions: true,
    num_past_sessions_to_search: "5",
    location: "Kyiv",
    add_location_to_context: true,
    additional_input: [
      { role: "user", content: "Is it urgent?" },
      { role: "assistant", content: "No." },
    ],
    compress_tool_results: true,
    compression_manager: {
      model: "openai/gpt-5-mini",
      compress_tool_results_limit: "5",
      compress_token_limit: "",
      compress_tool_call_instructions: "Keep prices.",
    },
    enable_session_summaries: true,
    add_session_summary_to_context: false,
    followups: true,
    num_followups: "2",
    followup_model: "openai/gpt-5-mini",
    guardrails: [
      {
        kind: "pii",
        action: "refuse",
        types: ["card"],
        patterns: [{ name: "Badge", pattern: "B-\\d+" }],
        applies_to: ["input", "output"],
      },
      { kind: "prompt_injection", model: "openrouter/meta/llama-4", on_error: "allow" },
      {
        kind: "moderation",
        provider: "openai",
        model: " omni ",
        categories: "hate, violence,",
        applies_to: ["input"],
        on_error: "block",
      },
      { kind: "custom", name: "short_messages", on_error: "block" },
    ],
    pre_hooks: [{ name: "clean_text", background: true }],
    model_middleware: ["mine"],
    step_limit: "12",
    time_limit_seconds: "90",
    cost_limit_usd: "0.25",
    retries: "2",
    exponential_backoff: true,
    fallback_models: ["openai/gpt-5-mini"],
    fallback_config: { on_rate_limit: ["openrouter/meta/llama-4"], on_context_overflow: [] },
    tools: ["calculator"],
    tool_hooks: ["mask_secrets", "own_tenant"],
    dependencies: '{"unit":"km","regions":["eu"]}',
    add_dependencies_to_context: true,
    tool_settings: { calculator: { requires_confirmation: true }, take_note: { approval_type: "required" } },
  });
  expect(definition.tool_settings).toEqual({ calculator: { requires_confirmation: true } });
  expect(definition.model).toEqual({ provider: "openrouter", id: "meta/llama-4" });
  expect(definition.guardrails.slice(1, 3)).toMatchObject([
    { classifier: { model: { provider: "openrouter", id: "meta/llama-4" } }, on_error: "allow" },
    { model: { provider: "openai", id: "omni" }, categories: ["hate", "violence"] },
  ]);
  expect(definition.dependencies).toEqual({ unit: "km", regions: ["eu"] });
  expect(definition.quick_prompts).toEqual(["What is new?", "Sort the newest thread."]);
  expect(agentFormSchema.parse(agentFormOf(definition))).toEqual(definition);
});

test("empty optional controls are left out of the definition", () => {
  const definition = agentFormSchema.parse(VALID);
  expect(definition.temperature).toBeUndefined();
  expect(definition.description).toBeUndefined();
  expect(definition.compression_manager).toEqual({});
  expect(definition.followup_model).toBeUndefined();
  expect(definition.session_state).toEqual({});
  expect(definition.dependencies).toEqual({});
});

test.each([
  [{ name: "  " }, "name", "Fill this in."],
  [{ model: "" }, "model", "Pick a model."],
  [{ output_schema: "[]" }, "output_schema", "Write a JSON schema of an object."],
  [
    { output_schema: '{"type":"object","properties":{"a":{"type":"banana"}}}' },
    "output_schema",
    "Write a JSON schema of an object. It should be a JSON schema that can be checked: Unsupported type: banana.",
  ],
  [{ temperature: "3" }, "temperature", "At most 2."],
  [{ num_followups: "11" }, "num_followups", "At most 10."],
  [{ temperature: "warm" }, "temperature", "Write a number."],
  [{ num_history_runs: "0" }, "num_history_runs", "At least 1."],
  [{ session_state: "[1]" }, "session_state", 'Write a JSON object, such as {"team": "billing"}.'],
  [{ dependencies: "km" }, "dependencies", 'Write a JSON object, such as {"team": "billing"}.'],
  [{ id: "Not an id" }, "id", "Use lower-case letters, digits, dots, hyphens and underscores."],
])("%j is refused at its control, in words", (wrong, path, sentence) => {
  expect(issuesOf({ ...VALID, ...wrong })).toContainEqual([path, sentence]);
});
