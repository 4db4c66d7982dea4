import type { ApprovalRule } from "#lib/core/approval-policy.ts";
import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listApprovalRules } from "#lib/db/approval-policies.ts";

/** A policy that is changed on another replica counts here after this long; one that is changed here counts at once. */
const KEPT_MS = 1_000;
const MOST_ORGANIZATIONS = 1_000;

interface KnownRules {
  readAtMs: number;
  rules: Promise<readonly ApprovalRule[]>;
}

const knownRules = () => processSingleton("approval-rules", () => new Map<string, KnownRules>());

/** The organization's policies as the door of the tools goes by them: read once a second at most. */
export function approvalRules(scope: Scope): Promise<readonly ApprovalRule[]> {
  const known = knownRules();
  const nowMs = performance.now();
  const last = known.get(scope.organizationId);
  if (last !== undefined && nowMs - last.readAtMs < KEPT_MS) return last.rules;
  const rules = listApprovalRules(scope);
  if (known.size >= MOST_ORGANIZATIONS) known.clear();
  known.set(scope.organizationId, { readAtMs: nowMs, rules });
  // Whoever asks next reads again.
  rules.catch(() => known.delete(scope.organizationId));
  return rules;
}

/** Forgets what is known of an organization's policies: somebody has changed them. */
export function forgetApprovalRules(scope: Scope): void {
  knownRules().delete(scope.organizationId);
}
