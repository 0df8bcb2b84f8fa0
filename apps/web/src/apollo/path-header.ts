/** Carries the address of the page being rendered from proxy.ts to the queries of that page. */
export const PATH_HEADER = 'x-lesionwise-path';
