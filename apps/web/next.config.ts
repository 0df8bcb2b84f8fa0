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
    // Photographs and exports may take longer than the half minute Next allows a proxied answer.
    proxyTimeout: 10 * 60_000,
  },
};

export default config;
