"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

interface ProviderButtonsProps {
  providers: readonly { id: string; name: string }[];
  /** What the buttons do: "Continue with". */
  verb: string;
  /** Where the sign-in leads. */
  next: string;
}

/** A button per provider that the operator has set up. */
export function ProviderButtons({ providers, verb, next }: ProviderButtonsProps) {
  const [pending, setPending] = useState<string | null>(null);
  return providers.map(({ id, name }) => (
    <Button
      key={id}
      pending={pending === id}
      disabled={pending !== null}
      className="w-full sm:h-9"
      onClick={() => {
        setPending(id);
        void signIn(id, { callbackUrl: next });
      }}
    >
      {verb} {name}
    </Button>
  ));
}
