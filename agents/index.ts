import type { CodeAgent } from "#lib/sdk/define-agent.ts";
import type { defineGuardrail } from "#lib/sdk/define-guardrail.ts";
import type { defineHook } from "#lib/sdk/define-hook.ts";
import type { defineModelMiddleware } from "#lib/sdk/define-model-middleware.ts";
import { assistant } from "./assistant.ts";
import { shortMessages } from "./guardrails/short-messages.ts";
import { cleanText } from "./hooks/clean-text.ts";
import { webReader } from "./web-reader.ts";

/** The components that live in code. They are in every organization, read-only. */
export const CODE_COMPONENTS: readonly CodeAgent[] = [assistant, webReader];

/** The guardrails, hooks and model middleware that agents may name. */
export const CODE_GUARDRAILS: readonly ReturnType<typeof defineGuardrail>[] = [shortMessages];
export const CODE_HOOKS: readonly ReturnType<typeof defineHook>[] = [cleanText];
export const CODE_MIDDLEWARE: readonly ReturnType<typeof defineModelMiddleware>[] = [];
