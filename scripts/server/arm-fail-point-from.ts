import { armFailPoint } from "#lib/core/fail-point.ts";

/** Arms the fail point that the environment names, as `NAME` or `NAME:PASSES`; nothing without one. For drills only. */
export function armFailPointFrom(setting: string | undefined): void {
  if (setting === undefined) return;
  const [name = "", passes = "0"] = setting.split(":");
  armFailPoint({ name, passesLeft: Number(passes), kill: () => process.kill(process.pid, "SIGKILL") });
}
