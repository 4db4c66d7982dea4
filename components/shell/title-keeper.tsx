"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";

const OURS = "data-from-heading";

/**
 * Names the tab after the page's heading while the framework gives it no title: after about one navigation in ten it takes
 * the last page's away and never brings the next one's (vercel/next.js#95268).
 */
export function TitleKeeper() {
  const path = usePathname();
  useEffect(() => {
    const { head } = document;
    const keep = () => {
      const ours = head.querySelector(`title[${OURS}]`);
      if (head.querySelector(`title:not([${OURS}])`) !== null) {
        ours?.remove();
        return;
      }
      const heading = document.querySelector("h1")?.textContent.trim() ?? "";
      const title = heading === "" ? "Gatehouse" : `${heading} · Gatehouse`;
      if (ours?.textContent === title) return;
      const made = document.createElement("title");
      made.setAttribute(OURS, "");
      made.textContent = title;
      ours?.remove();
      head.append(made);
    };
    // It is told once all that a navigation changes is in place.
    const observer = new MutationObserver(keep);
    observer.observe(head, { childList: true });
    keep();
    return () => observer.disconnect();
  }, [path]);
  return null;
}
