import { createHash, randomBytes } from "node:crypto";

/** Makes the secret of an invitation's link: 256 random bits. */
export function newInvitationSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of it. A plain hash is enough for a secret that nobody can guess. */
export function hashInvitationSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
