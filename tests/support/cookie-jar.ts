/** A browser's jar of cookies for one server: keeps what the server sets and sends it back. Follows no redirects. */
export class CookieJar {
  readonly cookies = new Map<string, string>();
  readonly attributes = new Map<string, string>();
  readonly #url: string;
  readonly #headers: Record<string, string>;

  /** `headers` go with every request, as those that a proxy adds. */
  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  /** Sends a request to a path of the server, or to an address below it. */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({
      ...this.#headers,
      ...(init.headers as Record<string, string> | undefined),
    });
    headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new URL(path, this.#url), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...rest] = line.split("; ");
      const name = pair.slice(0, pair.indexOf("="));
      this.cookies.set(name, pair.slice(name.length + 1));
      this.attributes.set(name, rest.join("; "));
    }
    return response;
  }

  /** Posts a form to one of next-auth's routes, with its token against forged ones. */
  async post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    const token = (await (await this.send("/api/auth/csrf")).json()) as { csrfToken: string };
    return this.send(path, { method: "POST", body: new URLSearchParams({ ...token, ...fields }) });
  }

  /** Signs in by password. */
  signIn(credentials: { email: string; password: string }): Promise<Response> {
    return this.post("/api/auth/callback/credentials", credentials);
  }
}
