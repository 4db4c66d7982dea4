import { log } from "#lib/server/log.ts";

/** Makes what logs, once, that a proxy which the operator has not named forwards requests. */
export function logDistrustedProxy(): (address: string) => void {
  let isLogged = false;
  return (address) => {
    if (isLogged) return;
    isLogged = true;
    log("info", "A proxy's headers about its clients are not believed: TRUSTED_PROXIES does not name it.", {
      address,
    });
  };
}
