import { defineGuardrail } from "#lib/sdk/define-guardrail.ts";
import { notAllowed } from "#lib/sdk/not-allowed.ts";

const MOST_CHARACTERS = 20_000;

/** Sends back what somebody has pasted by mistake, before a model is paid to read it. */
export const shortMessages = defineGuardrail({
  name: "short_messages",
  title: "Short messages",
  description: `Sends back messages of more than ${MOST_CHARACTERS.toLocaleString("en")} characters before a model reads them.`,
  checkInput: ({ content }) =>
    content.length <= MOST_CHARACTERS
      ? Promise.resolve()
      : Promise.reject(
          notAllowed(
            `The message has ${content.length.toLocaleString("en")} characters; this agent takes ${MOST_CHARACTERS.toLocaleString("en")}. Send the part that matters.`,
            { data: { characters: content.length, most_characters: MOST_CHARACTERS } },
          ),
        ),
});
