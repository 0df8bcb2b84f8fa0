/** As Next hands them to a page. */
export type PageSearchParams = Record<string, string | string[] | undefined>;

/** The query of the address; of a parameter given twice, every value is kept. */
export function searchParamsOf(given: PageSearchParams): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(given))
    for (const one of [value ?? []].flat()) params.append(key, one);
  return params;
}
