import {
  diagnosisTokens,
  methodTokens,
  qualityTokens,
  sexTokens,
  siteTokens,
  skinTokens,
} from '@/images/filter-tokens';
import { diagnosisWords, methodWords, sentence, sexWords, siteWords } from '@/ui/words';

interface FacetField {
  /** As the API names it, and as the address does. */
  field: string;
  key: string;
  title: string;
  tokens: Record<string, string>;
  label: (value: string) => string;
  /** How images without a value are called, and what in the address finds them, if anything does. */
  missing: { label: string; key?: string };
  /** One value excludes the others. */
  isSingle?: boolean;
}

const from = (words: Record<string, string>) => (value: string) => sentence(words[value] ?? value);

/** Facets in the order they are shown. Those the API adds later are not shown until they have words. */
export const facetFields: readonly FacetField[] = [
  {
    field: 'diagnosis',
    key: 'dx',
    title: 'Diagnosis',
    tokens: diagnosisTokens,
    label: from({ ...diagnosisWords, SEBORRHEIC_KERATOSIS: 'seb. keratosis' }),
    missing: { label: 'No reference', key: 'diagnosis' },
  },
  {
    field: 'method',
    key: 'proof',
    title: 'Proof',
    tokens: methodTokens,
    label: from(methodWords),
    missing: { label: 'No reference', key: 'diagnosis' },
  },
  {
    field: 'anatomicSite',
    key: 'site',
    title: 'Site',
    tokens: siteTokens,
    label: from(siteWords),
    missing: { label: 'Not recorded' },
  },
  {
    field: 'skinType',
    key: 'skin',
    title: 'Skin type',
    tokens: skinTokens,
    label: (value) => value,
    missing: { label: 'Not recorded' },
  },
  {
    field: 'sex',
    key: 'sex',
    title: 'Sex',
    tokens: sexTokens,
    label: from(sexWords),
    missing: { label: 'Not recorded' },
  },
  {
    field: 'hasMask',
    key: 'mask',
    title: 'Reference mask',
    tokens: { yes: 'true', none: 'false' },
    label: (value) => (value === 'true' ? 'Drawn' : 'None'),
    missing: { label: 'Not recorded' },
    isSingle: true,
  },
  {
    field: 'quality',
    key: 'quality',
    title: 'Quality',
    tokens: qualityTokens,
    label: from({ ACCEPTED: 'accepted', EXCLUDED: 'excluded' }),
    missing: { label: 'Not recorded' },
  },
];
