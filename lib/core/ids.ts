/** The prefixes of our own ids. Ids of the wire (runs, sessions, messages) are plain UUIDs. */
const PREFIX = {
  organization: "org",
  user: "usr",
  authSession: "ses",
  invitation: "inv",
  modelProvider: "mdl",
  note: "note",
  approvalPolicy: "pol",
  budget: "bud",
  spending: "spe",
  boot: "boot",
  durableRun: "frun",
  durableEvent: "fevt",
} as const;

export type PrefixedIdKind = keyof typeof PREFIX;

/** Makes an id such as `org_3f2a…` from a random UUID given by the caller. */
export function prefixedId(kind: PrefixedIdKind, uuid: string): string {
  return `${PREFIX[kind]}_${uuid.replaceAll("-", "")}`;
}
