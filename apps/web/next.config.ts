import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  turbopack: {
    // The workspace root, not the folder of a lock file further up, bounds what the bundler reads.
    root: new URL('../..', import.meta.url).pathname,
    rules: { '*.query.ts': { loaders: ['./inline-documents.mjs'], as: '*.ts' } },
  },
  experimental: {
    // Whoever opens one page of a study opens others: what they share is loaded once, in its own chunk,
    // and not again inside each page's. Over one connection a further request costs little.
    turbopackChunking: { requestCost: 60_000 },
  },
};

export default config;
