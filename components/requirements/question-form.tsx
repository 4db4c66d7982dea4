"use client";

import { type ReactNode, useState } from "react";
import { RadioGroup } from "radix-ui";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { UserQuestion } from "#lib/core/tool-execution.ts";

interface QuestionFormProps {
  questions: readonly UserQuestion[];
  pending: boolean;
  onAnswer: (choices: Record<string, string[]>) => void;
  actions?: ReactNode;
}

const optionStyle = "flex min-h-11 items-center gap-2.5 rounded-md px-2 hover:bg-hover sm:min-h-8";

/** An agent's questions with the answers to choose from. */
export function QuestionForm({ questions, pending, onAnswer, actions }: QuestionFormProps) {
  const [choices, setChoices] = useState<Record<string, string[]>>({});
  const [missing, setMissing] = useState(false);
  const open = questions.filter(({ question }) => (choices[question] ?? []).length === 0);

  function answer() {
    if (open.length === 0) onAnswer(choices);
    else setMissing(true);
  }

  return (
    <form
      aria-label="Answer"
      className="flex flex-col gap-3 px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        answer();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        event.stopPropagation();
        answer();
      }}
    >
      {questions.map((question) => (
        <Question
          key={question.question}
          question={question}
          alone={questions.length === 1}
          chosen={choices[question.question] ?? []}
          missing={missing && open.includes(question)}
          onChoose={(labels) => setChoices({ ...choices, [question.question]: labels })}
        />
      ))}
      <div className="flex flex-wrap items-center gap-2 max-sm:flex-col max-sm:items-stretch">
        <Button type="submit" variant="primary" pending={pending}>
          Answer
          <KeyCaps keys="mod+enter" />
        </Button>
        {actions}
      </div>
    </form>
  );
}

interface QuestionProps {
  question: UserQuestion;
  /** Its words stand in the head already. */
  alone: boolean;
  chosen: readonly string[];
  missing: boolean;
  onChoose: (labels: string[]) => void;
}

function Question({ question, alone, chosen, missing, onChoose }: QuestionProps) {
  return (
    <fieldset className="min-w-0">
      <legend className={alone ? "sr-only" : "mb-1 font-medium"}>{question.question}</legend>
      {question.multi_select ? (
        <div className="-mx-2">
          {question.options.map(({ label, description }) => (
            <label key={label} className={optionStyle}>
              <Checkbox
                checked={chosen.includes(label)}
                onCheckedChange={(on) =>
                  onChoose(on === true ? [...chosen, label] : chosen.filter((one) => one !== label))
                }
              />
              <Words label={label} description={description} />
            </label>
          ))}
        </div>
      ) : (
        <RadioGroup.Root
          className="-mx-2"
          aria-label={question.question}
          value={chosen[0] ?? ""}
          onValueChange={(label) => onChoose([label])}
        >
          {question.options.map(({ label, description }) => (
            <label key={label} className={optionStyle}>
              <RadioGroup.Item
                value={label}
                className="grid size-4 shrink-0 place-items-center rounded-full border border-control bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent"
              >
                <RadioGroup.Indicator className="size-1.5 rounded-full bg-accent-fg" />
              </RadioGroup.Item>
              <Words label={label} description={description} />
            </label>
          ))}
        </RadioGroup.Root>
      )}
      {missing ? (
        <p role="alert" className="mt-1 text-sm text-failed-text">
          Choose an answer.
        </p>
      ) : null}
    </fieldset>
  );
}

function Words({ label, description }: { label: string; description: string | null }) {
  return (
    <>
      <span className="min-w-0 flex-1">{label}</span>
      {description === null ? null : <span className="min-w-0 text-right text-fg-3">{description}</span>}
    </>
  );
}
