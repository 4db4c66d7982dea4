import { protocolMessage } from "./frontend-message.ts";

const PROTOCOL_3 = 196_608;
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;

/**
 * Answers the first packet of a client: no password (only this process can reach the engine), then ready.
 * `started` is false while the client still negotiates encryption, `null` when the packet is not one we serve.
 */
export function greetClient(
  packet: Buffer,
  client: number,
  serverVersion: string,
): { reply: Buffer; started: boolean } | null {
  const code = packet.readInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return { reply: Buffer.from("N"), started: false };
  if (code !== PROTOCOL_3) return null;
  const settings = {
    server_version: serverVersion,
    server_encoding: "UTF8",
    client_encoding: "UTF8",
    DateStyle: "ISO, MDY",
    TimeZone: "UTC",
    integer_datetimes: "on",
    standard_conforming_strings: "on",
  };
  return {
    reply: Buffer.concat([
      protocolMessage("R", int32(0)),
      ...Object.entries(settings).map(([name, value]) => protocolMessage("S", `${name}\0${value}\0`)),
      protocolMessage("K", int32(client), int32(0)),
      protocolMessage("Z", "I"),
    ]),
    started: true,
  };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
