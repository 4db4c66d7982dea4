import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink, Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { cn } from "#components/ui/class-names.ts";
import { attemptStatus } from "./attempt-status.ts";
import { ScheduleSwitch } from "./schedule-switch.tsx";
import type { ScheduleRow } from "./schedule-views.ts";

interface ScheduleTableProps {
  organization: string;
  schedules: readonly ScheduleRow[];
}

/** The schedules of one page; the name opens the schedule. */
export function ScheduleTable({ organization, schedules }: ScheduleTableProps) {
  return (
    <RowKeys>
      <Table>
        <thead>
          <tr>
            <Th className="sm:w-52">Name</Th>
            <Th className="w-36 max-lg:hidden">Runs</Th>
            <Th className="max-sm:hidden">When</Th>
            <Th className="w-28 max-md:hidden">Next</Th>
            <Th className="w-44 max-sm:hidden">Last result</Th>
            <Th numeric className="w-13">
              <span className="sr-only">Enabled</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {schedules.map((schedule) => (
            <Tr key={schedule.id}>
              <Td className="max-sm:h-14">
                <RowLink href={pageHref(organization, `/schedules/${encodeURIComponent(schedule.id)}`)}>
                  {schedule.name}
                </RowLink>
                <span className="flex items-center gap-1.5 text-sm text-fg-3 sm:hidden">
                  {schedule.latest === null ? null : (
                    <Status {...attemptStatus(schedule.latest.status)} iconOnly />
                  )}
                  <span className="truncate">
                    {schedule.target.label} · {schedule.when}
                  </span>
                </span>
              </Td>
              <Td className={cn("max-lg:hidden", schedule.target.agentId === null && "mono")}>
                <span title={schedule.target.label}>{schedule.target.label}</span>
              </Td>
              <Td className="max-sm:hidden">
                <span title={`${schedule.when}, ${schedule.timeZone}`}>
                  {schedule.when} <span className="text-fg-3">{schedule.timeZone.replaceAll("_", " ")}</span>
                </span>
              </Td>
              <Td className="max-md:hidden">
                {schedule.enabled && schedule.nextRunAt !== null ? (
                  <RelativeTime ahead value={schedule.nextRunAt} />
                ) : (
                  <span className="text-fg-3">Off</span>
                )}
              </Td>
              <Td className="max-sm:hidden">
                {schedule.latest === null ? (
                  <span className="text-fg-3">None yet</span>
                ) : (
                  <span className="flex items-center gap-2">
                    <Status {...attemptStatus(schedule.latest.status)} />
                    <RelativeTime value={schedule.latest.at} className="truncate text-fg-3" />
                  </span>
                )}
              </Td>
              <Td numeric className="overflow-visible">
                <ScheduleSwitch id={schedule.id} name={schedule.name} enabled={schedule.enabled} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
