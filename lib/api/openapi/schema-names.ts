import { z } from "zod";
import { agentFrameSchema } from "#lib/core/agent-frame.ts";
import { agentResponseSchema } from "#lib/core/agent-response.ts";
import { approvalPolicySchema } from "#lib/core/approval-policy.ts";
import { approvalSchema } from "#lib/core/approval.ts";
import { budgetSchema } from "#lib/core/budget.ts";
import { componentConfigSchema, componentSchema } from "#lib/core/component.ts";
import { jsonValueSchema } from "#lib/core/json.ts";
import { messageSchema } from "#lib/core/message.ts";
import { connectionTestSchema, modelProviderSchema } from "#lib/core/model-provider.ts";
import { pageMetaSchema } from "#lib/core/page.ts";
import { runRequirementSchema } from "#lib/core/requirement.ts";
import { runMetricsSchema } from "#lib/core/run-metrics.ts";
import { runDetailSchema, runOutputSchema } from "#lib/core/run-wire.ts";
import { scheduleRunSchema, scheduleSchema } from "#lib/core/schedule.ts";
import { sessionDetailSchema, sessionSummarySchema } from "#lib/core/session.ts";
import { toolExecutionSchema } from "#lib/core/tool-execution.ts";

/** The schemas that the API's description names and refers to; all others are written out where they are used. */
export const SCHEMA_NAMES = z
  .registry<{ id: string }>()
  .add(agentResponseSchema, { id: "Agent" })
  .add(agentFrameSchema, { id: "AgentRunEvent" })
  .add(approvalSchema, { id: "Approval" })
  .add(approvalPolicySchema, { id: "ApprovalPolicy" })
  .add(budgetSchema, { id: "Budget" })
  .add(componentSchema, { id: "Component" })
  .add(componentConfigSchema, { id: "ComponentConfig" })
  .add(connectionTestSchema, { id: "ConnectionTest" })
  .add(jsonValueSchema, { id: "JsonValue" })
  .add(messageSchema, { id: "Message" })
  .add(modelProviderSchema, { id: "ModelProvider" })
  .add(pageMetaSchema, { id: "PageMeta" })
  .add(runMetricsSchema, { id: "RunMetrics" })
  .add(runDetailSchema, { id: "RunDetail" })
  .add(runOutputSchema, { id: "RunOutput" })
  .add(runRequirementSchema, { id: "RunRequirement" })
  .add(scheduleSchema, { id: "Schedule" })
  .add(scheduleRunSchema, { id: "ScheduleRun" })
  .add(sessionDetailSchema, { id: "SessionDetail" })
  .add(sessionSummarySchema, { id: "SessionSummary" })
  .add(toolExecutionSchema, { id: "ToolExecution" });
