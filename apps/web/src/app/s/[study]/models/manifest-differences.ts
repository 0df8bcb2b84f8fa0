export interface Difference {
  setting: string;
  before: string;
  after: string;
}

/** These differ between any two versions and say nothing about them. */
const always = new Set(['version', 'sha256']);

/** Every setting of two manifests by its path (`input.height`), whether or not it is the same in both. */
export function compareSettings(before: unknown, after: unknown): Difference[] {
  const [was, is] = [settings(before), settings(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((setting) => ({
    setting,
    before: was.get(setting) ?? 'none',
    after: is.get(setting) ?? 'none',
  }));
}

/** The settings that are not the same, but for those that never are. */
export function differences(before: unknown, after: unknown) {
  const all = compareSettings(before, after).filter(({ setting }) => !always.has(setting));
  return { changed: all.filter((one) => one.before !== one.after), total: all.length };
}

function settings(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null)
    return new Map([[path, typeof value === 'string' ? value : JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...settings(inner, path === '' ? key : `${path}.${key}`),
    ]),
  );
}
