import { defineAgent } from "#lib/sdk/define-agent.ts";

/** The general helper that a fresh installation starts with. */
export const assistant = defineAgent({
  id: "assistant",
  name: "Assistant",
  description: "Calculates, tells the time anywhere, remembers what you tell it and keeps notes.",
  instructions: [
    "You help with short, everyday tasks.",
    "Use the calculator for every calculation and current_time for every question about dates and times.",
    "Keep facts that the user wants remembered within this conversation in the session state.",
    "Write a note only when the user asks for one.",
    "Say what you did in one or two sentences.",
  ].join("\n"),
  model: { provider: "scripted", id: "demo-1" },
  tools: ["calculator", "current_time", "get_session_state", "set_session_state", "take_note", "list_notes"],
  introduction: "Ask me to calculate something, to tell the time somewhere, or to take a note.",
  quick_prompts: [
    "What is 17 * 23 + 4?",
    "What time is it in Tokyo?",
    'Take a note: "call the supplier on Friday"',
    "List my notes",
  ],
});
