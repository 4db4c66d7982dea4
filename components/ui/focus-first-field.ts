/**
 * Where the focus goes when a layer opens: into its first field, else on the layer itself, so that no button looks
 * pressed. Under a finger always on the layer: a field would bring up the keyboard.
 */
export function focusFirstField(event: Event): void {
  event.preventDefault();
  const layer = event.currentTarget;
  if (!(layer instanceof HTMLElement)) return;
  const isTouch = matchMedia("(pointer: coarse)").matches;
  const field = isTouch ? null : layer.querySelector<HTMLElement>("input, textarea, [role=combobox]");
  (field ?? layer).focus();
}
