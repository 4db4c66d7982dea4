"use client";

import { useEffect, useState } from "react";
import { z } from "zod";
import { apiRequest } from "#lib/client/api-request.ts";
import { useApi } from "./use-api.ts";

const agentsSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const sessionsSchema = z.object({
  data: z.array(
    z.object({ session_id: z.string(), session_name: z.string(), agent_id: z.string().optional() }),
  ),
});

const DEBOUNCE_MS = 150;
const MAX_SESSIONS = 8;

export interface PaletteResults {
  agents: readonly { id: string; name: string }[];
  sessions: readonly { id: string; name: string; agent: string | undefined }[];
}

/**
 * What the palette finds on the server: all agents, and the recent sessions or those whose name has what was typed.
 * Nothing is asked while it is closed; a failed answer leaves the pages and actions usable.
 */
export function usePaletteSearch(open: boolean, typed: string): PaletteResults {
  const api = useApi();
  const [agents, setAgents] = useState<PaletteResults["agents"]>([]);
  const [sessions, setSessions] = useState<PaletteResults["sessions"]>([]);

  useEffect(() => {
    if (!open) return;
    const aborter = new AbortController();
    apiRequest(api, { path: "/agents", signal: aborter.signal })
      .then(async (response) => setAgents(agentsSchema.parse(await response.json())))
      .catch(() => undefined);
    return () => aborter.abort();
  }, [api, open]);

  useEffect(() => {
    if (!open) return;
    const aborter = new AbortController();
    const query = new URLSearchParams({ limit: String(MAX_SESSIONS), sort_by: "updated_at" });
    if (typed.trim() !== "") query.set("session_name", typed.trim());
    const timer = setTimeout(
      () => {
        apiRequest(api, { path: `/sessions?${query.toString()}`, signal: aborter.signal })
          .then(async (response) => {
            const { data } = sessionsSchema.parse(await response.json());
            setSessions(
              data.map((row) => ({ id: row.session_id, name: row.session_name, agent: row.agent_id })),
            );
          })
          .catch(() => undefined);
      },
      typed === "" ? 0 : DEBOUNCE_MS,
    );
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [api, open, typed]);

  return { agents, sessions };
}
