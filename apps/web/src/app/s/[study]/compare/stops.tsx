'use client';

import dynamic from 'next/dynamic';

// Where a comparison can be made, nobody needs what stands in its place where it cannot.
export const NotFullyScored = dynamic(
  async () => (await import('./not-fully-scored')).NotFullyScored,
);
export const TooFewScored = dynamic(async () => (await import('./too-few-scored')).TooFewScored);
export const NoSnapshot = dynamic(async () => (await import('./no-snapshot')).NoSnapshot);
