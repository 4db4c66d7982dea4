"use client";

import { useMemo } from "react";
import type { ApiConnection } from "#lib/client/api-request.ts";
import { useShell } from "./shell-context.ts";

/** The connection to our own API in the name of the organization in the address. */
export function useApi(): ApiConnection {
  const { organization } = useShell();
  return useMemo(
    () => ({ baseUrl: "/api", headers: { "x-gatehouse-organization": organization.slug } }),
    [organization.slug],
  );
}
