import { redirect } from "next/navigation";

/** Settings open at the members. */
export default async function SettingsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params;
  redirect(`/o/${encodeURIComponent(organization)}/settings/members`);
}
