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

  /**
   * Fills in the form of a page that has a field of this name and sends it as a browser without scripts does. The other
   * forms of the page are left alone.
   */
  async sendForm(path: string, field: string, values: Record<string, string>): Promise<Response> {
    const html = await (await this.send(path)).text();
    const form = html.split("<form").find((part) => part.includes(` name="${field}"`));
    if (form === undefined) throw new Error(`${path} has no form with a field ${field}.`);
    const body = new FormData();
    for (const [, name = "", value = ""] of form.matchAll(HIDDEN_INPUT)) body.set(name, unescaped(value));
    for (const [name, value] of Object.entries(values)) body.set(name, value);
    const origin = this.#headers["origin"] ?? new URL(this.#url).origin;
    return this.send(path, { method: "POST", body, headers: { origin } });
  }
}

const HIDDEN_INPUT = /<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g;

function unescaped(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}
