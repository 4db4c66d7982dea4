"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { Component, type ReactNode, Suspense, startTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

interface BoundaryProps {
  /** What is missing: "The sessions could not be read". */
  title: string;
  onRetry: () => void;
  children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const retry = () => {
      startTransition(() => {
        this.props.onRetry();
        this.setState({ failed: false });
      });
    };
    return (
      <ErrorState
        title={this.props.title}
        action={
          <Button onClick={retry}>
            <RotateCw />
            Try again
          </Button>
        }
      >
        The rest of the page works. What the server said is in its log.
      </ErrorState>
    );
  }
}

interface PageCardProps {
  /** Said when it fails: "The sessions could not be read". */
  failure: string;
  /** Shown while it loads: a skeleton of the same height. */
  fallback: ReactNode;
  children: ReactNode;
}

/** A part of a page that loads and fails for itself. */
export function PageCard({ failure, fallback, children }: PageCardProps) {
  const router = useRouter();
  return (
    <Boundary title={failure} onRetry={() => router.refresh()}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </Boundary>
  );
}
