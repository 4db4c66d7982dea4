import { dataSecret } from "./encryption-key.ts";

/** A key for sealing secrets, and the short name that sealed texts carry so that a foreign key is recognised. */
export interface SealingKey {
  id: string;
  key: Buffer;
}

/** The sealing key of this installation. */
export function sealingKey(): SealingKey {
  return { id: dataSecret("sealing-key-id").toString("hex").slice(0, 8), key: dataSecret("sealing-key") };
}
