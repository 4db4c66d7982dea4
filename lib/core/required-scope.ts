/**
 * What a caller must hold. `public`: nobody is asked who they are. `authenticated`: any valid credential.
 * Otherwise an AgentOS scope; with `resourceParam` a scope for that one id suffices, too.
 */
export type RequiredScope = "public" | "authenticated" | { scope: string; resourceParam?: string };
