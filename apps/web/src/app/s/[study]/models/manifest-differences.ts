export interface Difference {
  setting: string;
  before: string;
  after: string;
}

/** These differ between any two versions and say nothing about them. */
const always = new Set(['version', 'sha256']);

/** The settings of two manifests that are not the same, by their path: `input.height`. */
export function differences(before: unknown, after: unknown) {
  const [was, is] = [settings(before), settings(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => !always.has(name));
  const changed = names
    .map((setting): Difference => ({
      setting,
      before: was.get(setting) ?? 'none',
      after: is.get(setting) ?? 'none',
    }))
    .filter((one) => one.before !== one.after);
  return { changed, total: names.length };
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
