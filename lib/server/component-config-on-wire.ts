import type { ComponentConfig } from "#lib/core/component.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { ComponentVersionRecord } from "#lib/db/component-versions.ts";

/** A version of a component as the API shows it; what has no value is left out. */
export function componentConfigOnWire(record: ComponentVersionRecord): ComponentConfig {
  const { componentId, version, label, stage, config, notes, createdAt, updatedAt } = record;
  return {
    component_id: componentId,
    version,
    ...(label === null ? {} : { label }),
    stage,
    ...(config === null ? {} : { config }),
    ...(notes === null ? {} : { notes }),
    created_at: secondsOf(createdAt),
    ...(updatedAt.getTime() === createdAt.getTime() ? {} : { updated_at: secondsOf(updatedAt) }),
  };
}
