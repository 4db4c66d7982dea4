"use client";

import { createContext, useContext } from "react";

interface ApprovalCount {
  /** How many approvals wait that one may see; null until the server has said. */
  count: number | null;
  /** Asks the server at once. */
  refresh: () => void;
}

export const ApprovalCountContext = createContext<ApprovalCount>({ count: null, refresh: () => undefined });

/** How many approvals wait, kept up to date. */
export function useApprovalCount(): ApprovalCount {
  return useContext(ApprovalCountContext);
}
