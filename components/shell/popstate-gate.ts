type Gatekeeper = (event: PopStateEvent) => void;

let gatekeeper: Gatekeeper | null = null;

/**
 * Hears of Back and Forward before the router does. Browsers tell the listeners of the window in the order in which
 * they came, capturing or not, so this is to be called before the router starts.
 */
export function openPopStateGate(): void {
  window.addEventListener("popstate", (event) => gatekeeper?.(event));
}

/** Who may stop a Back or Forward from reaching the router; null for nobody. */
export function setGatekeeper(next: Gatekeeper | null): void {
  gatekeeper = next;
}
