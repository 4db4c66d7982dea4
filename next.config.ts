import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The listener in front of Next already serves /api with and without a trailing slash.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["@electric-sql/pglite", "pg", "@node-rs/argon2", "undici"],
};

export default config;
