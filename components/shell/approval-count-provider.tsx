"use client";

import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { z } from "zod";
import { apiRequest } from "#lib/client/api-request.ts";
import { ApprovalCountContext } from "./approval-count-context.ts";
import { useApi } from "./use-api.ts";

const EVERY_MS = 10_000;
const answerSchema = z.object({ count: z.number().int() });

/** Asks now and then how many approvals wait, while somebody looks. */
export function ApprovalCountProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const [count, setCount] = useState<number | null>(null);
  const refresh = useCallback(() => {
    apiRequest(api, { path: "/approvals/count" })
      .then(async (response) => setCount(answerSchema.parse(await response.json()).count))
      // The last number stands until the server answers again.
      .catch(() => undefined);
  }, [api]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") refresh();
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refresh]);
  const value = useMemo(() => ({ count, refresh }), [count, refresh]);
  return <ApprovalCountContext value={value}>{children}</ApprovalCountContext>;
}
