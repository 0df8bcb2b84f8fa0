/** Whether a moment is over as the server renders, which it does once for each request. */
export const hasPassed = (iso: string) => Date.parse(iso) <= Date.now();
