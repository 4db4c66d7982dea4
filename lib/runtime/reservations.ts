import type { Reservation } from "./reservation.ts";

/** The money that is set aside for calls of one run's tools that are about to be made. */
export class Reservations {
  readonly #byCall = new Map<string, Reservation>();

  /** Keeps what is set aside for a call until the call takes it. */
  keep(toolCallId: string, reservation: Reservation): void {
    this.#byCall.set(toolCallId, reservation);
  }

  /** Hands the call what is set aside for it; from then on the call says how it ended. */
  take(toolCallId: string): Reservation | undefined {
    const reservation = this.#byCall.get(toolCallId);
    this.#byCall.delete(toolCallId);
    return reservation;
  }

  /** What is left when the run stops is free again. Never rejects: what cannot be written now is found later. */
  async release(): Promise<void> {
    await Promise.allSettled([...this.#byCall.values()].map((reservation) => reservation.die()));
  }
}
