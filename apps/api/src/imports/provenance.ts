import type { ScannedImage } from './scan-folder.js';

interface Provenance {
  source: string;
  licence: string;
  attribution: string;
}

const isic2017 = /^ISIC-2017_(Training|Validation|Test)/i;

/** Where an image comes from and on what terms: as its row says, else what is known of the data set. */
export function provenanceOf({ prefix, metadata }: ScannedImage): Provenance {
  const known = knownDataSet(prefix);
  return {
    source: metadata?.source ?? known.source,
    licence: metadata?.licence ?? known.licence,
    attribution: metadata?.attribution ?? known.attribution,
  };
}

function knownDataSet(prefix: string): Provenance {
  const split = isic2017.exec(prefix)?.[1]?.toLowerCase();
  if (!split) return { source: '', licence: '', attribution: '' };
  return {
    source: `ISIC 2017 challenge, ${split} set`,
    licence: 'CC0-1.0',
    attribution: 'Codella et al., arXiv:1710.05006',
  };
}
