import {
  diagnosisTokens,
  methodTokens,
  qualityTokens,
  sexTokens,
  siteTokens,
  skinTokens,
  taskTokens,
} from '@/images/filter-tokens';
import { range, versionWord } from '@/images/image-list-address';
import { diagnosisWords, methodWords, sentence, sexWords, siteWords, taskWords } from '@/ui/words';
import type { ListNames } from './use-image-list';

export type FilterField = { key: string; title: string } & (
  | { kind: 'words'; many: boolean; options: { token: string; label: string }[] }
  | { kind: 'range'; largest: number; whole: boolean; hint: string }
);

const noneOrYes = (none: string, yes: string) => [
  { token: 'none', label: none },
  { token: 'yes', label: yes },
];

function anyOf(key: string, title: string, tokens: Record<string, string>, words?: object) {
  const labels = (words ?? {}) as Record<string, string>;
  const options = Object.entries(tokens).map(([token, value]) => ({
    token,
    label: labels[value] === undefined ? value : sentence(labels[value]),
  }));
  return { key, title, kind: 'words', many: true, options } as const;
}

/** A share of one: what a Jaccard index and a score are. */
const share = {
  kind: 'range',
  largest: 1,
  whole: false,
  hint: '0 to 1; leave one empty for no limit',
} as const;

/** What can be added to the address, named as the chips name it. */
export function filterFields({ cohorts, versions }: ListNames): FilterField[] {
  return [
    anyOf('dx', 'Diagnosis', diagnosisTokens, diagnosisWords),
    anyOf('proof', 'Proof', methodTokens, methodWords),
    {
      key: 'diagnosis',
      title: 'Reference diagnosis',
      kind: 'words',
      many: false,
      options: noneOrYes('None', 'Recorded'),
    },
    {
      key: 'mask',
      title: 'Reference mask',
      kind: 'words',
      many: false,
      options: noneOrYes('None', 'Drawn'),
    },
    anyOf('sex', 'Sex', sexTokens, sexWords),
    {
      key: 'age',
      title: 'Age',
      kind: 'range',
      largest: 120,
      whole: true,
      hint: 'whole years; 85 is 85 or older',
    },
    anyOf('skin', 'Skin type', skinTokens),
    anyOf('site', 'Site', siteTokens, siteWords),
    anyOf('quality', 'Quality', qualityTokens, { ACCEPTED: 'accepted', EXCLUDED: 'excluded' }),
    ...(cohorts.length > 0
      ? [
          {
            key: 'cohort',
            title: 'Cohort',
            kind: 'words',
            many: false,
            options: cohorts.map(({ id, name }) => ({ token: id, label: name })),
          } as const,
        ]
      : []),
    ...versions.flatMap((version): FilterField[] => [
      ...(version.hasMask
        ? [{ key: `jaccard.${versionWord(version)}`, title: `Jaccard ${version.title}`, ...share }]
        : []),
      ...Object.entries(taskTokens)
        .filter(([, task]) => version.tasks.includes(task))
        .map(([token, task]) => ({
          key: `score.${token}.${versionWord(version)}`,
          title: `${sentence(taskWords[task])} score ${version.title}`,
          ...share,
        })),
    ]),
  ];
}

/** Why two ends are no range of the field; undefined when they are, or when both are still empty. */
export function rangeProblem(
  { largest, whole }: Extract<FilterField, { kind: 'range' }>,
  low: string,
  high: string,
): string | undefined {
  if (low === '' && high === '') return undefined;
  const between = range(`${low}..${high}`);
  const ends = [between?.min, between?.max].filter((end) => end !== undefined);
  const isValid = ends.every((end) => end <= largest && (!whole || Number.isInteger(end)));
  if (ends.length > 0 && isValid) return undefined;
  return `Two ${whole ? 'whole numbers' : 'numbers'} from 0 to ${largest}, the smaller first.`;
}
