import { ROOMS, type Room } from "./rooms.ts";

/** Finds the room that a file of the project is in; null where no room is. */
export function roomOf(file: string): Room | null {
  let best: Room | null = null;
  for (const room of ROOMS) {
    if (file.startsWith(room.path) && room.path.length > (best?.path.length ?? 0)) best = room;
  }
  return best;
}
