import type { ReactNode } from "react";

interface FormSectionProps {
  /** The anchor that the list of sections jumps to. */
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a form, divided from the next by a line. */
export function FormSection({ id, title, aside, children }: FormSectionProps) {
  return (
    <section id={id} className="scroll-mt-4 border-b border-line py-5 last:border-b-0">
      <div className="mb-2.5 flex items-baseline justify-between gap-3">
        <h2 className="text-md">{title}</h2>
        {aside === undefined ? null : <span className="text-sm text-fg-3">{aside}</span>}
      </div>
      <div className="flex flex-col gap-3.5">{children}</div>
    </section>
  );
}
