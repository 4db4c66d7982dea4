/** A limiter's answer: how long to wait, in whole seconds, or null when the call may go on. */
export interface RateLimiter {
  take(key: string): { retryAfterSeconds: number | null };
  /** Gives the caller a full bucket again. */
  forget(key: string): void;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

const MAX_BUCKETS = 10_000;

/**
 * Makes a token bucket per caller: `perMinute` calls at once, refilled evenly over a minute. In memory, per process.
 * When more than 10,000 callers are known, those whose bucket is full again are forgotten, then the oldest.
 */
export function createRateLimiter(perMinute: number, nowMs: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const tokensPerMs = perMinute / 60_000;
  const refilled = (bucket: Bucket, now: number) =>
    Math.min(perMinute, bucket.tokens + (now - bucket.atMs) * tokensPerMs);

  function forgetIdle(now: number): void {
    for (const [key, bucket] of buckets) if (refilled(bucket, now) >= perMinute) buckets.delete(key);
    for (const key of buckets.keys()) {
      if (buckets.size < MAX_BUCKETS) return;
      buckets.delete(key);
    }
  }

  return {
    take(key) {
      const now = nowMs();
      const bucket = buckets.get(key);
      const tokens = bucket === undefined ? perMinute : refilled(bucket, now);
      if (bucket === undefined && buckets.size >= MAX_BUCKETS) forgetIdle(now);
      buckets.delete(key);
      if (tokens < 1) {
        buckets.set(key, { tokens, atMs: now });
        return { retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / tokensPerMs / 1_000)) };
      }
      buckets.set(key, { tokens: tokens - 1, atMs: now });
      return { retryAfterSeconds: null };
    },
    forget(key) {
      buckets.delete(key);
    },
  };
}
