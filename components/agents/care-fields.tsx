"use client";

import { Controller, useWatch } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SwitchField } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { SelectableModel } from "#lib/core/model-provider.ts";
import { OWN_MODEL } from "./care-form-part.ts";
import type { AgentFormPart } from "./context-fields.tsx";
import { OptionalModel } from "./optional-model.tsx";

interface CareFieldsProps extends AgentFormPart {
  models: readonly SelectableModel[];
}

type SwitchName =
  | "compress_tool_results"
  | "enable_session_summaries"
  | "add_session_summary_to_context"
  | "followups";
type NumberName =
  | "compression_manager.compress_tool_results_limit"
  | "compression_manager.compress_token_limit"
  | "session_summary_manager.last_n_runs"
  | "session_summary_manager.conversation_limit"
  | "num_followups";
type TextName =
  | "compression_manager.compress_tool_call_instructions"
  | "session_summary_manager.session_summary_prompt"
  | "output_model_prompt"
  | "parser_model_prompt";
type ModelName = "compression_manager.model" | "session_summary_manager.model" | "followup_model";

/** What keeps a long conversation affordable, and what follows an answer; each is a model call of its own. */
export function CareFields({ form, models }: CareFieldsProps) {
  const { control } = form;
  const [compresses, summarizes, suggests, writer, parser, schema] = useWatch({
    control,
    name: [
      "compress_tool_results",
      "enable_session_summaries",
      "followups",
      "output_model",
      "parser_model",
      "output_schema",
    ],
  });
  const toggle = (name: SwitchName, label: string, hint: string, absent = false) => (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <SwitchField
          label={label}
          hint={hint}
          checked={field.value ?? absent}
          onCheckedChange={field.onChange}
        />
      )}
    />
  );
  const number = (name: NumberName, label: string, aside: string) => (
    <Field label={label} aside={aside} error={form.getFieldState(name, form.formState).error?.message}>
      <Input {...form.register(name)} inputMode="numeric" />
    </Field>
  );
  const text = (name: TextName, label: string, hint: string) => (
    <Field
      label={label}
      aside="Optional"
      hint={hint}
      error={form.getFieldState(name, form.formState).error?.message}
      className="sm:col-span-2"
    >
      <Textarea {...form.register(name)} rows={2} className="min-h-16" />
    </Field>
  );
  const model = (name: ModelName) => (
    <OptionalModel form={form} name={name} label="Model for it" models={models} none="The agent's own" />
  );
  return (
    <>
      {toggle(
        "compress_tool_results",
        "Shorten results of tools",
        "Once there are several, a model makes each shorter before it is sent again. The original is kept.",
      )}
      {compresses ? (
        <div className={nestedStyle}>
          {number("compression_manager.compress_tool_results_limit", "After so many results", "3 when empty")}
          {number("compression_manager.compress_token_limit", "Or a prompt of tokens", "about, optional")}
          {model("compression_manager.model")}
          {text(
            "compression_manager.compress_tool_call_instructions",
            "What to keep",
            "In place of our instructions to the model.",
          )}
        </div>
      ) : null}
      {toggle(
        "enable_session_summaries",
        "Sum up the session",
        "After each answer, so that nobody waits for it. Shown with the session.",
      )}
      {summarizes ? (
        <div className={nestedStyle}>
          <div className="sm:col-span-2">
            {toggle(
              "add_session_summary_to_context",
              "Tell the agent",
              "The summary goes with each new question, behind what never changes.",
              true,
            )}
          </div>
          {number("session_summary_manager.last_n_runs", "Runs to read", "those since the last, when empty")}
          {number("session_summary_manager.conversation_limit", "Messages of them", "at most, optional")}
          {model("session_summary_manager.model")}
          {text(
            "session_summary_manager.session_summary_prompt",
            "What to write",
            "In place of our instructions to the model.",
          )}
        </div>
      ) : null}
      {toggle("followups", "Suggest follow-ups", "Questions to go on with, under the last answer of a chat.")}
      {suggests ? (
        <div className={nestedStyle}>
          {number("num_followups", "How many", "1 to 10")}
          {model("followup_model")}
        </div>
      ) : null}
      <OptionalModel
        form={form}
        name="output_model"
        label="Who writes the answer"
        hint="Another model can write it from what the agent's own has found out; that is then kept beside it."
        models={models}
        none="The agent's own model"
      />
      {writer === OWN_MODEL ? null : text("output_model_prompt", "What it is told", OUR_WORDS)}
      {schema.trim() === "" ? null : (
        <OptionalModel
          form={form}
          name="parser_model"
          label="Who makes JSON of it"
          hint="The agent then answers in words, and another model fits them into the output schema."
          models={models}
          none="Whoever writes the answer"
        />
      )}
      {schema.trim() === "" || parser === OWN_MODEL
        ? null
        : text("parser_model_prompt", "What that one is told", OUR_WORDS)}
    </>
  );
}

const OUR_WORDS = "In place of our instructions to the model.";
const nestedStyle = "ml-10 grid gap-3.5 sm:grid-cols-2";
