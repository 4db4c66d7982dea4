/** One request that must be refused; its caller is an administrator unless `headers` say otherwise. */
export interface MalformedRequest {
  name: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}
