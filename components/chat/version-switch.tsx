import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "../ui/icon-button.tsx";

interface VersionSwitchProps {
  /** Which is shown, from 0. */
  at: number;
  count: number;
  onShow: (at: number) => void;
}

/** Goes through the answers that have stood in one place. */
export function VersionSwitch({ at, count, onShow }: VersionSwitchProps) {
  return (
    <span role="group" aria-label="Versions of the answer" className="flex items-center">
      <IconButton
        size="sm"
        label="Earlier version"
        aria-disabled={at === 0 || undefined}
        onClick={() => (at === 0 ? undefined : onShow(at - 1))}
      >
        <ChevronLeft />
      </IconButton>
      <span aria-live="polite" className="min-w-7 text-center">
        <span className="sr-only">Version </span>
        {at + 1}/{count}
      </span>
      <IconButton
        size="sm"
        label="Later version"
        aria-disabled={at === count - 1 || undefined}
        onClick={() => (at === count - 1 ? undefined : onShow(at + 1))}
      >
        <ChevronRight />
      </IconButton>
    </span>
  );
}
