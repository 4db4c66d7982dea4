/** Says that this process answers, and since when. */
export function getHealth(): { status: "ok"; instantiated_at: string } {
  return { status: "ok", instantiated_at: new Date(performance.timeOrigin).toISOString() };
}
