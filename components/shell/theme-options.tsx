import { Monitor, Moon, Sun } from "lucide-react";

/** The three looks that one can choose. */
export const THEME_OPTIONS = [
  { value: "system", label: "System", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;
