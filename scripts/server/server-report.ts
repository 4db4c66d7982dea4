/** What a server process tells whoever started it, by IPC. */
export type ServerReport =
  | { kind: "progress"; step: string }
  | { kind: "ready"; url: string; setupCode: string | null; firstAccountNeeded: boolean }
  | { kind: "failed"; sentence: string };
