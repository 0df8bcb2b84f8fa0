/**
 * Where to go after signing in: a page of this site, whatever the address says. An address of another
 * host in `next` would make our sign-in page a step of somebody's fraud.
 */
export function safePath(next: string | null): string {
  const home = '/studies';
  if (!next?.startsWith('/')) return home;
  const here = 'http://here.invalid';
  if (!URL.canParse(next, here)) return home;
  // The parser also sees through `//host` and `/\host`.
  const url = new URL(next, here);
  return url.origin === here ? url.pathname + url.search : home;
}
