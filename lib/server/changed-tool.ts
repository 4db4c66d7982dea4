import type { RequirementRecord } from "#lib/db/requirements.ts";

/** Thrown when a person has decided about a tool that is not what it was when they were asked. */
export class ChangedTool extends Error {
  readonly requirement: RequirementRecord;

  constructor(requirement: RequirementRecord) {
    super(`The tool ${requirement.toolName} has changed.`);
    this.requirement = requirement;
  }
}
