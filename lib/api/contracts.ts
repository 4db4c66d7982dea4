import type { Contract } from "./contract.ts";
import * as agent from "./contracts/agent.ts";
import * as attachment from "./contracts/attachment.ts";
import * as approval from "./contracts/approval.ts";
import * as approvalPolicy from "./contracts/approval-policy.ts";
import * as budget from "./contracts/budget.ts";
import * as component from "./contracts/component.ts";
import * as core from "./contracts/core.ts";
import * as durableRun from "./contracts/durable-run.ts";
import * as modelProvider from "./contracts/model-provider.ts";
import * as requirement from "./contracts/requirement.ts";
import * as run from "./contracts/run.ts";
import * as runControl from "./contracts/run-control.ts";
import * as schedule from "./contracts/schedule.ts";
import * as session from "./contracts/session.ts";
import * as team from "./contracts/team.ts";
import * as workflow from "./contracts/workflow.ts";

/** Every route of the API. A new noun is one import above and one line here. */
export const CONTRACTS: readonly Contract[] = [
  ...Object.values<Contract>(core),
  ...Object.values<Contract>(agent),
  ...Object.values<Contract>(run),
  ...Object.values<Contract>(runControl),
  ...Object.values<Contract>(session),
  ...Object.values<Contract>(attachment),
  ...Object.values<Contract>(component),
  ...Object.values<Contract>(modelProvider),
  ...Object.values<Contract>(schedule),
  ...Object.values<Contract>(requirement),
  ...Object.values<Contract>(approval),
  ...Object.values<Contract>(approvalPolicy),
  ...Object.values<Contract>(budget),
  ...Object.values<Contract>(durableRun),
  ...Object.values<Contract>(team),
  ...Object.values<Contract>(workflow),
];
