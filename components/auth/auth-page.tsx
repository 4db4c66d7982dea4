import type { ReactNode } from "react";

interface AuthPageProps {
  title: string;
  /** What this page is for, in a sentence. */
  lead?: ReactNode;
  /** A link to the other way in. */
  foot?: ReactNode;
  children: ReactNode;
}

/** One page before the console: a title, a form, a way to the other page. */
export function AuthPage({ title, lead, foot, children }: AuthPageProps) {
  return (
    <>
      <h1>{title}</h1>
      {lead === undefined ? null : <p className="mt-1 text-fg-2">{lead}</p>}
      <div className="mt-6">{children}</div>
      {foot === undefined ? null : <p className="mt-6 border-t border-line pt-4 text-fg-2">{foot}</p>}
    </>
  );
}
