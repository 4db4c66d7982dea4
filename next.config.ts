import type { NextConfig } from "next";

const publicHost = URL.parse(process.env.GATEHOUSE_URL ?? "")?.host;

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The mark would cover the user menu or the phone's tab bar; errors show without it.
  devIndicators: false,
  // A server serves from a copy of the build, so that the next build does not pull its files away.
  distDir: process.env.GATEHOUSE_BUILD_FOLDER ?? ".next",
  // The listener in front of Next already serves /api with and without a trailing slash.
  skipTrailingSlashRedirect: true,
  // No page has pictures to shrink, and the route that does so for anybody would ask our own paths.
  images: { unoptimized: true },
  serverExternalPackages: ["@electric-sql/pglite", "pg", "@node-rs/argon2", "undici"],
  // No questions to the registry about newer versions.
  experimental: {
    agentUpgrade: false,
    // Forms work under the public address even when a proxy asks under another name.
    serverActions: { allowedOrigins: publicHost === undefined ? [] : [publicHost] },
  },
  // `npm run check` checks the types, of everything at once.
  typescript: { ignoreBuildErrors: true },
};

export default config;
