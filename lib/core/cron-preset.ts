/** The schedules that people ask for, with an expression of their own for all others. Times are `HH:MM`. */
export type CronPreset =
  | { kind: "minutes"; every: number }
  | { kind: "hourly"; minute: number }
  | { kind: "daily"; time: string }
  | { kind: "weekdays"; time: string }
  | { kind: "weekly"; weekdays: readonly number[]; time: string }
  | { kind: "monthly"; day: number | "last"; time: string }
  | { kind: "custom"; expression: string };

/** The steps of minutes that divide an hour: others would begin anew at each full hour. */
export const MINUTE_STEPS = [1, 2, 5, 10, 15, 20, 30] as const;

/** Writes a preset as a cron expression. Weekdays count from Sunday, 0. */
export function cronOfPreset(preset: CronPreset): string {
  switch (preset.kind) {
    case "minutes":
      return preset.every === 1 ? "* * * * *" : `*/${preset.every} * * * *`;
    case "hourly":
      return `${preset.minute} * * * *`;
    case "daily":
      return `${minuteAndHour(preset.time)} * * *`;
    case "weekdays":
      return `${minuteAndHour(preset.time)} * * MON-FRI`;
    case "weekly":
      return `${minuteAndHour(preset.time)} * * ${[...preset.weekdays].sort((left, right) => left - right).join(",")}`;
    case "monthly":
      return `${minuteAndHour(preset.time)} ${preset.day === "last" ? "L" : preset.day} * *`;
    case "custom":
      return preset.expression;
  }
}

/** Finds the preset that an expression is, however it is written; `custom` when it is none. */
export function presetOfCron(expression: string): CronPreset {
  const custom: CronPreset = { kind: "custom", expression };
  const fields = expression.trim().toUpperCase().split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  if (fields.length !== 5 || month !== "*") return custom;
  const everyDay = day === "*" && weekday === "*";
  if (everyDay && hour === "*") {
    if (minute === "*") return { kind: "minutes", every: 1 };
    const step = Number(/^\*\/(\d{1,2})$/.exec(minute)?.[1]);
    if (MINUTE_STEPS.some((known) => known === step)) return { kind: "minutes", every: step };
    return isNumber(minute, 59) ? { kind: "hourly", minute: Number(minute) } : custom;
  }
  if (!isNumber(minute, 59) || !isNumber(hour, 23)) return custom;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (everyDay) return { kind: "daily", time };
  if (day === "*") {
    if (weekday === "MON-FRI" || weekday === "1-5") return { kind: "weekdays", time };
    const weekdays = weekday.split(",");
    return weekdays.every((one) => isNumber(one, 6))
      ? { kind: "weekly", weekdays: weekdays.map(Number), time }
      : custom;
  }
  if (weekday !== "*") return custom;
  if (day === "L") return { kind: "monthly", day: "last", time };
  return isNumber(day, 31) && day !== "0" ? { kind: "monthly", day: Number(day), time } : custom;
}

function minuteAndHour(time: string): string {
  const [hour = "", minute = ""] = time.split(":");
  return `${Number(minute)} ${Number(hour)}`;
}

function isNumber(text: string, highest: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= highest;
}
