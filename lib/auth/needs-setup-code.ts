import { isLoopbackAddress } from "#lib/core/is-loopback-address.ts";
import { environment } from "#lib/env.ts";
import { isLoopbackRequest } from "./client-address.ts";

/** True when others than this machine are meant to reach the server, so that the start prints the code. */
export function isExposed(): boolean {
  const { HOST, GATEHOUSE_URL } = environment();
  if (HOST !== undefined && !isLoopbackAddress(HOST)) return true;
  return (
    GATEHOUSE_URL !== undefined &&
    URL.canParse(GATEHOUSE_URL) &&
    !isLoopbackAddress(new URL(GATEHOUSE_URL).hostname)
  );
}

/** True when the first account must be made with the code: the server or this request is not on this machine only. */
export function needsSetupCode(headers: Headers): boolean {
  return isExposed() || !isLoopbackRequest(headers);
}
