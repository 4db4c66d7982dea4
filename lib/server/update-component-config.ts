import { AppError } from "#lib/core/app-error.ts";
import type { ComponentConfig, UpdateConfig } from "#lib/core/component.ts";
import type { Scope } from "#lib/core/scope.ts";
import { updateDraftVersion } from "#lib/db/component-versions.ts";
import { changedMeanwhile } from "./changed-meanwhile.ts";
import { checkAgentConfig } from "./check-agent-config.ts";
import { componentConfigOnWire } from "./component-config-on-wire.ts";
import { requireComponent } from "./require-component.ts";
import { requireComponentVersion } from "./require-component-version.ts";

/**
 * Changes a draft; stage "published" publishes it and makes it the current version. Published versions never change.
 * Throws not_found, bad_request (published), invalid, and conflict when somebody else was faster.
 */
export async function updateComponentConfig(
  scope: Scope,
  id: string,
  version: number,
  input: UpdateConfig,
): Promise<ComponentConfig> {
  const { name, description } = await requireComponent(scope, id);
  const draft = await requireComponentVersion(scope, id, version);
  if (draft.stage === "published") {
    throw new AppError("bad_request", `Cannot update published config ${id} v${version}`);
  }
  const publish = input.stage === "published";
  const given = input.config ?? (publish ? draft.config : null);
  const record = await updateDraftVersion(scope, id, version, draft.updatedAt, {
    ...(given === null
      ? {}
      : {
          config: await checkAgentConfig(scope, given, {
            id,
            name,
            description,
            stage: publish ? "published" : "draft",
          }),
        }),
    ...(input.label === undefined ? {} : { label: input.label }),
    ...(input.notes === undefined ? {} : { notes: input.notes }),
    publish,
  });
  if (record === null) throw changedMeanwhile(id);
  return componentConfigOnWire(record);
}
