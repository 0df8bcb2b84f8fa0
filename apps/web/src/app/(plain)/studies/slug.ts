/** A name as it can stand in an address: `PIGMENT-2, hold-out` is `pigment-2-hold-out`. */
export const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    // Accents are marks of their own after NFKD.
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
