import { EmptyState } from "#components/ui/empty-state.tsx";

interface JobsElsewhereProps {
  /** `external`: an Inngest server has them. `forbidden`: this role does not see them. */
  why: "external" | "forbidden";
}

/** Stands where the jobs would be when they cannot be shown. */
export function JobsElsewhere({ why }: JobsElsewhereProps) {
  return why === "external" ? (
    <EmptyState title="The Inngest server has the jobs">
      This installation is connected to an Inngest server, which runs and keeps its durable jobs. Its
      dashboard shows them, with every step and attempt.
    </EmptyState>
  ) : (
    <EmptyState title="Only owners and admins see the jobs">
      Durable jobs are the work behind runs and schedules. Ask an admin of this organization when something
      seems stuck.
    </EmptyState>
  );
}
