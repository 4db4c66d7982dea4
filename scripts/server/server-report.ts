/** What a server process tells whoever started it, by IPC. */
export type ServerReport =
  | { kind: "progress"; step: string }
  | { kind: "ready"; url: string; port: number; setupCode: string | null; firstAccountNeeded: boolean }
  | { kind: "failed"; sentence: string };
