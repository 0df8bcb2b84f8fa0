import type {
  AnatomicSite,
  CallChange,
  ConfusionCell,
  ImageModality,
  PValueCorrection,
  Sex,
  SubgroupAttribute,
  Task,
  Verdict,
} from '@/gql/graphql';
import type { IconName } from '@/ui/icon';
import type { Tone } from '@/ui/state-chip';
import { modalityWords, sentence, sexWords, siteWords } from '@/ui/words';

/** A verdict's word, sign and colour. The rule that gives it is the API's. */
export const verdictWords: Record<Verdict, { words: string; icon: IconName; tone: Tone }> = {
  SUPERIOR: { words: 'superior', icon: 'check', tone: 'ok' },
  NON_INFERIOR: { words: 'non-inferior', icon: 'check', tone: 'ok' },
  NO_DIFFERENCE_SHOWN: { words: 'no difference shown', icon: 'info', tone: 'off' },
  WORSE: { words: 'worse', icon: 'warning', tone: 'err' },
  NOT_DECISIVE: { words: 'not decisive', icon: 'info', tone: 'warn' },
  TOO_FEW_PATIENTS: { words: 'too few patients', icon: 'info', tone: 'warn' },
};

export const correctionWords: Record<PValueCorrection, string> = {
  HOLM: 'Holm',
  BENJAMINI_HOCHBERG: 'Benjamini-Hochberg',
  NONE: 'not corrected',
};

export const attributeWords: Record<SubgroupAttribute, string> = {
  SEX: 'Sex',
  AGE_GROUP: 'Age',
  ANATOMIC_SITE: 'Site',
  SKIN_TYPE: 'Skin type',
  MODALITY: 'Acquisition',
};

/** A level as people say it. One that is new to this page is shown as the API names it. */
export function levelWords(attribute: SubgroupAttribute, level: string): string {
  if (level === 'NOT_RECORDED') return 'Not recorded';
  switch (attribute) {
    case 'SEX':
      return sentence(sexWords[level as Sex]);
    case 'ANATOMIC_SITE':
      return sentence(siteWords[level as AnatomicSite]);
    case 'MODALITY':
      return sentence(modalityWords[level as ImageModality]);
    case 'AGE_GROUP':
      return ageLevels[level] ?? level;
    case 'SKIN_TYPE':
      return level.replace('_', '–');
  }
}

const ageLevels: Record<string, string> = {
  UNDER_45: '< 45 y',
  '45_TO_64': '45–64 y',
  '65_AND_OLDER': '≥ 65 y',
};

const positives: Record<Task, string> = {
  MELANOMA: 'melanoma',
  SEBORRHEIC_KERATOSIS: 'seb. keratosis',
};
const negatives: Record<Task, string> = {
  MELANOMA: 'benign',
  SEBORRHEIC_KERATOSIS: 'other lesion',
};

interface ChangeWords {
  title: string;
  /** What each side does, by their short names. */
  sides: (baseline: string, other: string) => string;
  isFix: boolean;
}

/** Found and lost, never true and false positive: what happened to the patient's image. */
export const changeWords = (task: Task): Record<CallChange, ChangeWords> => ({
  FOUND: {
    title: `${positives[task]} found`,
    sides: (baseline, other) => `${baseline} missed, ${other} calls`,
    isFix: true,
  },
  LOST: {
    title: `${positives[task]} lost`,
    sides: (baseline, other) => `${baseline} calls, ${other} misses`,
    isFix: false,
  },
  CLEARED: {
    title: `${negatives[task]} cleared`,
    sides: (baseline, other) => `${baseline} calls, ${other} does not`,
    isFix: true,
  },
  CALLED: {
    title: `${negatives[task]} called`,
    sides: (baseline, other) => `${baseline} does not, ${other} calls`,
    isFix: false,
  },
});

/** Of the call of one version, with the name of what is looked for. */
export const cellWords: Record<ConfusionCell, (condition: string) => string> = {
  TRUE_POSITIVE: (condition) => `${condition} found`,
  FALSE_NEGATIVE: (condition) => `${condition} missed`,
  FALSE_POSITIVE: (condition) => `called without ${condition}`,
  TRUE_NEGATIVE: (condition) => `rightly not called ${condition}`,
};

interface NamedModelVersion {
  title: string;
  version: string;
  model: { name: string };
}

/** As short as is clear: the number alone where all are of one family. */
export function shortNames(versions: readonly NamedModelVersion[]): string[] {
  const isOneFamily = new Set(versions.map(({ model }) => model.name)).size === 1;
  return versions.map(({ title, version }) =>
    isOneFamily && versions.length > 1 ? version : title,
  );
}

/** A verdict's sentence, parted into what is claimed and the numbers it stands on. */
export function claimAndNumbers(sentence: string): { claim: string; numbers: string } {
  const at = sentence.indexOf(': ');
  return at === -1
    ? { claim: sentence, numbers: '' }
    : { claim: `${sentence.slice(0, at)}.`, numbers: sentence.slice(at + 2) };
}
