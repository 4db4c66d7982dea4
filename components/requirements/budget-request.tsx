"use client";

import { useForm } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { MOST_USD, usdAmountSchema } from "#lib/core/budget.ts";
import { budgetRequestOf, capWords } from "#lib/core/budget-request.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import type { Decider } from "./use-decider.ts";

interface BudgetRequestProps {
  state: RequirementState;
  decider: Decider;
}

/** A run that asks for money: what its budgets allow and what is spent, and for an admin how much more it may have. */
export function BudgetRequest({ state, decider }: BudgetRequestProps) {
  const request = budgetRequestOf(state.asked.tool_args);
  const needed = request?.amount_usd ?? 0;
  const form = useForm({ defaultValues: { amount: String(needed) } });
  const { pending, decide } = decider;
  const submit = () =>
    void form.handleSubmit(({ amount }) =>
      decide({ kind: "approve", args: { ...state.asked.tool_args, amount_usd: Number(amount) } }),
    )();
  const isEnough = (amount: string) => {
    const parsed = usdAmountSchema.safeParse(Number(amount));
    return (
      (amount.trim() !== "" && parsed.success && parsed.data >= needed) ||
      `From ${needed} to ${MOST_USD.toLocaleString("en")} US dollars, as a number.`
    );
  };
  return (
    <>
      <ul className="flex flex-col gap-1 px-3.5 py-3 text-fg-2">
        {request?.budgets.map((budget) => (
          <li key={budget.counter_id}>{capWords(budget)}.</li>
        ))}
        <li>
          Next comes a call of <code className="font-mono text-sm">{request?.needed_for}</code>; its worst
          case does not fit.
        </li>
      </ul>
      {decider.mayApprove || pending ? (
        <form
          aria-label="Grant money"
          noValidate
          className="flex flex-col gap-3 border-t border-line px-3.5 py-3"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field
            label="Grant"
            aside="US dollars"
            hint="Raises these budgets for their present period, for everybody under them."
            error={form.formState.errors.amount?.message}
          >
            <Input
              {...form.register("amount", { validate: isEnough })}
              inputMode="decimal"
              autoComplete="off"
              className="sm:w-40"
            />
          </Field>
          <div className="flex flex-wrap items-center gap-2 max-sm:flex-col max-sm:items-stretch">
            <Button type="submit" variant="primary" pending={pending}>
              Grant
            </Button>
            <Button disabled={pending || !decider.mayReject} onClick={() => decider.setMode("reject")}>
              Refuse
            </Button>
          </div>
        </form>
      ) : null}
    </>
  );
}
