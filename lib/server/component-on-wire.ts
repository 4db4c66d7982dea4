import type { Component } from "#lib/core/component.ts";
import { secondsOf } from "#lib/core/seconds-of.ts";
import type { ComponentRecord } from "#lib/db/components.ts";

/** A stored component as the API shows it; what has no value is left out. */
export function componentOnWire(record: ComponentRecord): Component {
  const { id, type, name, description, currentVersion, metadata, createdAt, updatedAt } = record;
  return {
    component_id: id,
    component_type: type,
    name,
    ...(description === null ? {} : { description }),
    ...(currentVersion === null ? {} : { current_version: currentVersion }),
    ...(metadata === null ? {} : { metadata }),
    created_at: secondsOf(createdAt),
    ...(updatedAt.getTime() === createdAt.getTime() ? {} : { updated_at: secondsOf(updatedAt) }),
  };
}
