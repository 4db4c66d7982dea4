import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Shown at once when one comes from another page, until the server has answered. */
export default function LoadingApprovals() {
  return (
    <>
      <PageHeader crumbs={[{ label: "Approvals" }]} />
      <PageBody className="pt-24">
        <SkeletonRows rows={6} tall label="Loading the approvals" />
      </PageBody>
    </>
  );
}
