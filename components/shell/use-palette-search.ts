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
  /** What was typed when `sessions` was asked for; empty for the recent ones. */
  sessionsFor: string;
}

/**
 * What the palette finds on the server: all agents, and the recent sessions or those whose name has what was typed.
 * Nothing is asked while it is closed; a failed answer leaves the pages and actions usable.
 */
export function usePaletteSearch(open: boolean, typed: string): PaletteResults {
  const api = useApi();
  const [agents, setAgents] = useState<PaletteResults["agents"]>([]);
  const [found, setFound] = useState<Omit<PaletteResults, "agents">>({ sessions: [], sessionsFor: "" });

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
    const sought = typed.trim();
    if (sought !== "") query.set("session_name", sought);
    const timer = setTimeout(
      () => {
        apiRequest(api, { path: `/sessions?${query.toString()}`, signal: aborter.signal })
          .then(async (response) => {
            const { data } = sessionsSchema.parse(await response.json());
            setFound({
              sessions: data.map((row) => ({
                id: row.session_id,
                name: row.session_name,
                agent: row.agent_id,
              })),
              sessionsFor: sought,
            });
          })
          .catch(() => {
            if (!aborter.signal.aborted) setFound({ sessions: [], sessionsFor: sought });
          });
      },
      typed === "" ? 0 : DEBOUNCE_MS,
    );
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [api, open, typed]);

  return { agents, ...found };
}
