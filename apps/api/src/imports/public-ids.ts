import { randomInt } from 'node:crypto';

/** Ids of the ISIC archive and of synthetic images are public: they lead to no person. */
export const isPublicImageId = (id: string) => /^(ISIC_\d{7}|SYN_\d{4,})$/.test(id);
export const isPublicPatientId = (id: string) => /^(IP_\d{7}|SP-\d{3,})$/.test(id);
export const isPublicLesionId = (id: string) => /^(IL_\d{7}|SP-\d{3,}-L\d+)$/.test(id);

/** Codes stand in web addresses and file names, so only what is safe there may be in them. */
export const isUsableCode = (id: string) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id);

// Without vowels, 0, 1, and what looks like them: a code spells no word and is read aloud without doubt.
const letters = '23456789BCDFGHJKMNPQRSTVWXZ';

const randomCode = () =>
  Array.from({ length: 6 }, () => letters[randomInt(letters.length)]!).join('');

/** Gives codes of six letters and digits that say nothing: one of 387 million, none of them twice. */
export function randomCodes(): () => string {
  const given = new Set<string>();
  return () => {
    let code = randomCode();
    while (given.has(code)) code = randomCode();
    given.add(code);
    return code;
  };
}
