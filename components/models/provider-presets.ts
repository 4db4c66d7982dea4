import { COMPATIBLE_PRESETS, type ModelProviderKind, PROVIDER_KINDS } from "#lib/core/model-provider.ts";

/** A starting point of the form: a vendor, or a server that people run themselves. */
export interface ProviderPreset {
  id: string;
  label: string;
  kind: ModelProviderKind;
  baseUrl: string;
}

const OTHER = "openai-compatible";

/** Vendors first, then servers on this machine, then any other that speaks OpenAI's protocol. */
export const PROVIDER_PRESETS: readonly ProviderPreset[] = [
  ...PROVIDER_KINDS.filter((entry) => entry.kind !== OTHER).map((entry) => ({
    id: entry.kind,
    label: entry.label,
    kind: entry.kind,
    baseUrl: "",
  })),
  ...COMPATIBLE_PRESETS.map((entry) => ({
    id: entry.id,
    label: entry.label,
    kind: OTHER as ModelProviderKind,
    baseUrl: entry.baseUrl,
  })),
  { id: OTHER, label: "Other (OpenAI-compatible)", kind: OTHER, baseUrl: "" },
];

/** The preset of this id; the first when there is none. */
export function presetOf(id: string): ProviderPreset {
  const found = PROVIDER_PRESETS.find((preset) => preset.id === id) ?? PROVIDER_PRESETS[0];
  if (found === undefined) throw new Error("There are presets.");
  return found;
}
