import ipaddr from "ipaddr.js";

/** Public by its number, but in a machine of Azure's it is the platform itself, with the machine's secrets. */
const AZURE_PLATFORM = "168.63.129.16";
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * True for addresses of the public internet. Loopback, private, link-local (with the clouds' metadata service),
 * carrier-grade NAT, multicast, reserved and unspecified ones are not, nor are IPv6 forms that carry such an IPv4.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address inside an IPv6 one is taken out of it.
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.range() === "unicast" && parsed.toString() !== AZURE_PLATFORM;
  const ipv6 = parsed as ipaddr.IPv6;
  // Everything public lies in 2000::/3; outside of it, ::/96 carries an IPv4 address, too.
  if (!ipv6.match(GLOBAL_UNICAST)) return false;
  // NAT64, 6to4 and Teredo reach an IPv4 address that the IPv6 one only carries: refused as a whole.
  return ipv6.range() === "unicast";
}
