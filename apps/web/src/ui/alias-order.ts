import type { GivenAlias } from './alias-chip';

/**
 * Versions with a name first, in the order of the names (the API gives champion, candidate, others);
 * the rest stays as it was.
 */
export function inAliasOrder<T>(
  versions: readonly T[],
  aliases: readonly GivenAlias[],
  idOf: (version: T) => string,
): T[] {
  const place = (version: T) => {
    const at = aliases.findIndex(({ modelVersion }) => modelVersion.id === idOf(version));
    return at < 0 ? aliases.length : at;
  };
  return versions.toSorted((a, b) => place(a) - place(b));
}
