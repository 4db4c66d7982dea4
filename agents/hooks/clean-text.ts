import { defineHook } from "#lib/sdk/define-hook.ts";

/** Zero-width blanks and what turns the direction of text; not the joiners, which emoji and some scripts need. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/gu;

/** Takes out of a message what nobody sees: text can hide instructions in it, and pasted text often has some. */
export const cleanText = defineHook({
  name: "clean_text",
  title: "Clean text",
  description: "Takes invisible characters out of the message, and blanks around it.",
  when: "pre",
  run: ({ content }) => {
    const cleaned = content.replaceAll(INVISIBLE, "").trim();
    return Promise.resolve(cleaned === content || cleaned === "" ? undefined : { content: cleaned });
  },
});
