import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Shown at once when one comes from another page, until the server has answered. */
export default function LoadingSchedules() {
  return (
    <>
      <PageHeader crumbs={[{ label: "Schedules" }]} />
      <PageBody className="pt-12">
        <SkeletonRows rows={8} label="Loading the schedules" />
      </PageBody>
    </>
  );
}
