import type { DurableEvent } from "../core/durable-event.ts";
import type { EffectClaim, EffectEnd } from "../core/effect.ts";
import type { AppendRequest } from "../core/journal.ts";
import type { NewRequirement } from "../core/requirement.ts";

/** What an append carries beside its events and the columns of its rows. */
export type AppendExtras = Pick<
  AppendRequest,
  "outbox" | "requirements" | "cancelRequirements" | "effectClaims" | "effectEnds"
>;

/** What goes with one event. */
export interface EventExtras {
  /** Messages for the durable engine. */
  outbox?: readonly DurableEvent[] | undefined;
  /** What the run waits for from this event on. */
  requirements?: readonly NewRequirement[];
  /** What the run still waits for is cancelled with this event. */
  cancelRequirements?: boolean;
  /** The tool that this event begins is about to change the world. */
  effectClaim?: EffectClaim | undefined;
  /** What became of tools that were about to. */
  effectEnds?: readonly EffectEnd[];
}

/** Adds what goes with one more event to what an append carries. */
export function addExtras(extras: AppendExtras, event: EventExtras): void {
  const { outbox = [], requirements = [], effectClaim, effectEnds = [] } = event;
  if (outbox.length > 0) extras.outbox = [...(extras.outbox ?? []), ...outbox];
  if (requirements.length > 0) extras.requirements = [...(extras.requirements ?? []), ...requirements];
  if (event.cancelRequirements === true) extras.cancelRequirements = true;
  if (effectClaim !== undefined) extras.effectClaims = [...(extras.effectClaims ?? []), effectClaim];
  if (effectEnds.length > 0) extras.effectEnds = [...(extras.effectEnds ?? []), ...effectEnds];
}
