import type { ReactNode } from "react";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

interface SettingsLayoutProps {
  params: Promise<{ organization: string }>;
  children: ReactNode;
}

/** The frame of the settings: a head and a tab per page. */
export default async function SettingsLayout({ params, children }: SettingsLayoutProps) {
  const { organization } = await params;
  return (
    <>
      <PageHeader crumbs={[{ label: <h1 className="text-base leading-5 tracking-normal">Settings</h1> }]} />
      <SettingsTabs organization={organization} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-200 px-4 py-5 sm:px-6">{children}</div>
      </div>
    </>
  );
}
