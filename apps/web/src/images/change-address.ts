import { isFilterKey } from './image-list-address';

/** A copy of the address with one parameter set, or removed when there is no value. */
export function withParam(
  params: URLSearchParams,
  key: string,
  value: string | undefined,
): URLSearchParams {
  const changed = new URLSearchParams(params);
  if (value === undefined || value === '') changed.delete(key);
  else changed.set(key, value);
  // Together they could match nothing: no image has a diagnosis and has none.
  if (key === 'dx' && value) changed.delete('diagnosis');
  if (key === 'diagnosis' && value === 'none') changed.delete('dx');
  return changed;
}

/** Adds a word to `a,b`, or takes it away if it is there. */
export function toggleWord(params: URLSearchParams, key: string, word: string): URLSearchParams {
  const words = params.get(key)?.split(',') ?? [];
  const changed = words.includes(word) ? words.filter((w) => w !== word) : [...words, word];
  return withParam(params, key, changed.join(','));
}

/** The address with every filter taken away; how the list is shown, and what nobody understood, stays. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([key]) => !isFilterKey(key)));
}

/** A readable query string: commas and dots of the grammar are not escaped. */
export function addressText(params: URLSearchParams): string {
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%40', '@');
  return text ? `?${text}` : '';
}
