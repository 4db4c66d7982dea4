import {
  Bot,
  CalendarClock,
  Cpu,
  House,
  Inbox,
  type LucideIcon,
  MessageSquare,
  MessagesSquare,
  Settings,
  Workflow,
} from "lucide-react";

export interface NavigationItem {
  label: string;
  icon: LucideIcon;
  /** Below `/o/<organization>`; empty for Home. */
  path: string;
  /** Two keys pressed one after the other. */
  keys: string;
  /** Shows how many approvals wait. */
  badge?: boolean;
}

const HOME: NavigationItem = { label: "Home", icon: House, path: "", keys: "g h" };
const CHAT: NavigationItem = { label: "Chat", icon: MessageSquare, path: "/chat", keys: "g c" };
const APPROVALS: NavigationItem = {
  label: "Approvals",
  icon: Inbox,
  path: "/approvals",
  keys: "g a",
  badge: true,
};
const AGENTS: NavigationItem = { label: "Agents", icon: Bot, path: "/agents", keys: "g b" };
const MODELS: NavigationItem = { label: "Models", icon: Cpu, path: "/models", keys: "g o" };
const SCHEDULES: NavigationItem = {
  label: "Schedules",
  icon: CalendarClock,
  path: "/schedules",
  keys: "g d",
};
const SESSIONS: NavigationItem = { label: "Sessions", icon: MessagesSquare, path: "/sessions", keys: "g s" };
const JOBS: NavigationItem = { label: "Jobs", icon: Workflow, path: "/jobs", keys: "g j" };
export const SETTINGS: NavigationItem = { label: "Settings", icon: Settings, path: "/settings", keys: "g ," };

/** The sidebar from top to bottom; Settings stands at its foot. */
export const NAVIGATION_GROUPS: readonly { title: string | null; items: readonly NavigationItem[] }[] = [
  { title: null, items: [HOME, CHAT, APPROVALS] },
  { title: "Build", items: [AGENTS, MODELS, SCHEDULES] },
  { title: "Observe", items: [SESSIONS, JOBS] },
];

/** Every page, in the order of the sidebar. */
export const NAVIGATION: readonly NavigationItem[] = [
  ...NAVIGATION_GROUPS.flatMap((group) => group.items),
  SETTINGS,
];

/** The phone's tab bar; the other pages are under More. */
export const TAB_BAR: readonly NavigationItem[] = [HOME, CHAT, APPROVALS, SESSIONS];

/** The pages that the tab bar does not show. */
export const MORE: readonly NavigationItem[] = NAVIGATION.filter((item) => !TAB_BAR.includes(item));

/** The address of a page of the console. */
export function pageHref(organization: string, path: string): string {
  return `/o/${encodeURIComponent(organization)}${path}`;
}

/** True when `pathname` is the page or lies below it. */
export function isCurrent(pathname: string, organization: string, item: NavigationItem): boolean {
  const href = pageHref(organization, item.path);
  return pathname === href || (item.path !== "" && pathname.startsWith(`${href}/`));
}
