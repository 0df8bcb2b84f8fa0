'use client';

import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { useServerInsertedHTML } from 'next/navigation';
import { useState, type ReactNode } from 'react';

/**
 * Puts the styles that emotion makes while the server renders into the stream, before the markup that
 * needs them. They lie in the cascade layer `mui`, so any style of ours wins without a fight.
 */
export function EmotionRegistry({ children }: { children: ReactNode }) {
  const [{ cache, flush }] = useState(createRegistry);
  useServerInsertedHTML(() => {
    const styles = flush().filter(({ css }) => css !== undefined);
    const globals = styles.filter((style) => style.isGlobal);
    const scoped = styles.filter((style) => !style.isGlobal);
    return (
      <>
        {globals.map(({ name, css }) => (
          <style
            key={name}
            data-emotion={`${cache.key}-global ${name}`}
            dangerouslySetInnerHTML={{ __html: css ?? '' }}
          />
        ))}
        {scoped.length > 0 && (
          <style
            data-emotion={`${cache.key} ${scoped.map(({ name }) => name).join(' ')}`}
            dangerouslySetInnerHTML={{ __html: scoped.map(({ css }) => css).join('') }}
          />
        )}
      </>
    );
  });
  return <CacheProvider value={cache}>{children}</CacheProvider>;
}

function createRegistry() {
  const cache = createCache({ key: 'lw' });
  cache.compat = true;
  const insert = cache.insert;
  let inserted: { name: string; isGlobal: boolean }[] = [];
  cache.insert = (selector, serialized, sheet, shouldCache) => {
    if (!/^@layer\s+[^{]*$/.test(serialized.styles))
      serialized.styles = `@layer mui {${serialized.styles}}`;
    if (cache.inserted[serialized.name] === undefined)
      inserted.push({ name: serialized.name, isGlobal: selector === '' });
    return insert(selector, serialized, sheet, shouldCache);
  };
  const flush = () => {
    const flushed = inserted.map(({ name, isGlobal }) => {
      const css = cache.inserted[name];
      return { name, isGlobal, css: typeof css === 'string' ? css : undefined };
    });
    inserted = [];
    return flushed;
  };
  return { cache, flush };
}
