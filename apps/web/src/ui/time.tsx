'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { formatMoment, formatRelative } from './format';

const never = () => () => undefined;

/**
 * A moment in the viewer's own zone, relative under a day, exact on hover. The server knows neither the
 * zone nor the viewer's clock, so it writes the moment in UTC and the browser rewrites it.
 */
export function Time({ at }: { at: string }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const now = useNow(inBrowser);
  const zone = inBrowser ? undefined : 'UTC';
  return (
    <time dateTime={at} title={formatMoment(at, zone)} suppressHydrationWarning>
      {inBrowser ? formatRelative(at, now) : formatMoment(at, 'UTC')}
    </time>
  );
}

function useNow(ticking: boolean) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => {
      setNow(new Date());
    }, 10_000);
    return () => {
      clearInterval(timer);
    };
  }, [ticking]);
  return now;
}
