import type { AddressNames } from '@/images/image-list-address';
import { describeFilters, type FilterWords } from '@/images/describe-filters';
import { versionWord } from '@/images/image-list-address';
import { taskTokens } from '@/images/filter-tokens';
import { sentence, taskWords } from '@/ui/words';
import { attributeTokens, cellTokens, changeTokens, isNarrowing } from './compare-address';
import { attributeWords, cellWords, changeWords, levelWords } from './comparison-words';

/** What narrows a comparison, in words, in the order of the address; what nobody understood is left out. */
export function describeNarrowing(
  params: URLSearchParams,
  names: AddressNames,
  notUnderstood: readonly string[],
): FilterWords[] {
  return [...params]
    .filter(([key, value]) => isNarrowing(key) && !notUnderstood.includes(`${key}=${value}`))
    .flatMap(([key, value]) => describe(key, value, names));
}

function describe(key: string, value: string, names: AddressNames): FilterWords[] {
  const [kind, first = '', ...rest] = key.split('.');
  if (kind === 'group') {
    const attribute = attributeTokens[first as keyof typeof attributeTokens];
    return [{ key, field: attributeWords[attribute], value: levelWords(attribute, value) }];
  }
  if (kind !== 'call' && kind !== 'changed')
    return describeFilters(new URLSearchParams([[key, value]]), names, []);
  const task = taskTokens[first as keyof typeof taskTokens];
  const word = rest.join('.');
  const title = names.versions.find((version) => versionWord(version) === word)?.title ?? word;
  const said =
    kind === 'call'
      ? cellWords[cellTokens[value as keyof typeof cellTokens]](taskWords[task])
      : value
          .split(',')
          .map((one) => changeWords(task)[changeTokens[one as keyof typeof changeTokens]].title)
          .join(', ');
  return [{ key, field: `${sentence(taskWords[task])}, ${title}`, value: said }];
}
