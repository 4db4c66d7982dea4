import { Button } from "#components/ui/button.tsx";
import type { JsonObject } from "#lib/core/json.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { ArgumentList } from "./argument-list.tsx";
import { BudgetRequest } from "./budget-request.tsx";
import { QuestionForm } from "./question-form.tsx";
import { RejectForm } from "./reject-form.tsx";
import { ResultForm } from "./result-form.tsx";
import { UnknownEffect } from "./unknown-effect.tsx";
import type { Decider } from "./use-decider.ts";
import { argumentFields, inputFields } from "./value-field-spec.ts";
import { ValuesForm } from "./values-form.tsx";

interface RequirementBodyProps {
  state: RequirementState;
  decider: Decider;
}

/** What is asked, in the form that it takes; with a form of its own come its own buttons. */
export function RequirementBody({ state, decider }: RequirementBodyProps) {
  const { asked, kind } = state;
  const { pending, decide, mode, setMode } = decider;
  if (mode === "reject") {
    return (
      <>
        {kind === "confirmation" ? (
          <ArgumentList before={asked.tool_args} after={asked.tool_args} whose="yours" />
        ) : null}
        <div className="border-t border-line">
          <RejectForm
            verb={kind === "effect_unknown" ? "Give up" : kind === "budget" ? "Refuse" : "Reject"}
            {...(kind === "budget" ? { hint: "The run ends and says this. It is kept for the record." } : {})}
            pending={pending}
            onReject={(note) => decide({ kind: "reject", note })}
            onCancel={() => setMode("look")}
          />
        </div>
      </>
    );
  }
  const reject = decider.mayReject ? (
    <Button onClick={() => setMode("reject")} disabled={pending}>
      Reject
    </Button>
  ) : null;
  const mayAnswer = decider.mayApprove || pending;
  switch (kind) {
    case "confirmation":
      return mode === "edit" ? (
        <ValuesForm
          label="Arguments"
          fields={argumentFields(state.input_schema, decider.args)}
          schema={state.input_schema}
          submit="Keep edits"
          pending={false}
          autoFocus
          onSubmit={decider.edit}
          onCancel={() => setMode("look")}
        />
      ) : (
        <ArgumentList before={asked.tool_args} after={decider.args} whose="yours" />
      );
    case "user_input":
      if (!mayAnswer) return <ArgumentList before={asked.tool_args} after={asked.tool_args} whose="yours" />;
      return (
        <ValuesForm
          label="Values"
          fields={inputFields(asked.user_input_schema ?? [])}
          schema={schemaOfForm(state)}
          submit="Send"
          pending={pending}
          autoFocus={false}
          onSubmit={(values) => decide({ kind: "values", values })}
          actions={reject}
        />
      );
    case "user_feedback":
      return (
        <QuestionForm
          questions={asked.user_feedback_schema ?? []}
          pending={pending}
          onAnswer={(choices) => decide({ kind: "choices", choices })}
          actions={
            <Button
              variant="ghost"
              disabled={pending}
              onClick={() => decide({ kind: "choices", choices: {} })}
            >
              Skip
            </Button>
          }
        />
      );
    case "external_execution":
      return (
        <>
          <ArgumentList before={asked.tool_args} after={asked.tool_args} whose="yours" />
          {mayAnswer ? (
            <ResultForm
              pending={pending}
              onResult={(result) => decide({ kind: "result", result })}
              actions={reject}
            />
          ) : null}
        </>
      );
    case "budget":
      return <BudgetRequest state={state} decider={decider} />;
    case "effect_unknown":
      return <UnknownEffect state={state} decider={decider} />;
  }
}

/** The tool's schema, where the form is the tool's arguments and no question of the agent's own. */
function schemaOfForm({ asked, input_schema: schema }: RequirementState): JsonObject | null {
  const properties = schema?.["properties"];
  if (typeof properties !== "object" || properties === null) return null;
  return (asked.user_input_schema ?? []).every(({ name }) => name in properties) ? schema : null;
}
