import { describe, expect, test } from "vitest";
import { schedulerPrincipal } from "#lib/auth/scheduler-principal.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { ScheduleMethod } from "#lib/core/schedule.ts";
import { scheduleGuard } from "./schedule-guard.ts";

const organization = { organizationId: "org_1", organizationSlug: "default" };
const caller = (...scopes: string[]): Principal => ({
  kind: "jwt",
  id: "ann",
  ...organization,
  subject: "ann",
  scopes,
  role: null,
  sessionId: null,
});

function verdict(principal: Principal, method: ScheduleMethod, endpoint: string): number | string {
  try {
    scheduleGuard(principal)(method, endpoint);
    return "allowed";
  } catch (error) {
    if (error instanceof AppError) return error.status;
    throw error;
  }
}

const admin = caller("agent_os:admin");
const writer = caller("schedules:write", "agents:web-reader:run");

describe("whoever makes a schedule", () => {
  test.each([
    [admin, "POST", "/agents/assistant/runs", "allowed"],
    [admin, "POST", "/agents/assistant/runs/", "allowed"],
    [admin, "POST", "/agents/assistant/runs?version=2", "allowed"],
    [admin, "GET", "/agents", "allowed"],
    [admin, "GET", "/health", "allowed"],
    [admin, "POST", "/schedules/1/disable", "allowed"],
    [writer, "POST", "/agents/web-reader/runs", "allowed"],
    [writer, "POST", "/agents/assistant/runs", 403],
    [writer, "GET", "/agents/web-reader", 403],
    [writer, "DELETE", "/schedules/1", 403],
    [writer, "GET", "/sessions", 403],
  ] as const)("must hold the scope of its endpoint (%#: %s)", (principal, method, endpoint, expected) => {
    expect(verdict(principal, method, endpoint)).toBe(expected);
  });

  test.each([
    ["DELETE", "/sessions/1"],
    ["POST", "/components"],
    ["DELETE", "/components/assistant"],
    ["POST", "/model-providers"],
    ["POST", "/schedules"],
    ["PATCH", "/schedules/1"],
    ["POST", "/schedules/1/enable"],
    ["POST", "/schedules/1/trigger"],
    ["GET", "/config"],
    ["GET", "/sessions"],
  ] as const)("cannot have it do %s %s, administrators neither", (method, endpoint) => {
    expect(verdict(admin, method, endpoint)).toBe(403);
  });

  test.each([
    ["POST", "/nope"],
    ["PUT", "/agents/assistant/runs"],
    ["POST", "/agents//runs"],
    ["POST", "/agents/%zz/runs"],
    ["POST", "/api/agents/assistant/runs"],
  ] as const)("is told that %s %s is no route of this API", (method, endpoint) => {
    expect(verdict(admin, method, endpoint)).toBe(422);
  });
});

test("the scheduler itself makes no schedule, or one could raise another's rights or breed", () => {
  const scheduler = schedulerPrincipal(organization);
  expect(verdict(scheduler, "POST", "/agents/assistant/runs")).toBe(403);
  expect(verdict(scheduler, "POST", "/schedules/1/trigger")).toBe(403);
});
