import type { ComparisonFilter, Task } from '@/gql/graphql';
import { taskTokens, tokenOf } from '@/images/filter-tokens';
import { versionWord } from '@/images/image-list-address';
import { imageFilterParameters, type Parameter } from '@/images/write-image-filter';
import { attributeTokens, cellTokens, changeTokens, type CompareNames } from './compare-address';

/** What narrows a comparison, as the parameters that `readCompareAddress` reads. */
export function filterParameters(filter: ComparisonFilter, names: CompareNames): Parameter[] {
  const { images, subgroups, calls, changedCalls } = filter;
  return [
    ...(images ? imageFilterParameters(images, names) : []),
    ...(subgroups ?? []).map(({ attribute, level }): Parameter => [
      `group.${tokenOf(attributeTokens, attribute)}`,
      level,
    ]),
    ...(calls ?? []).map(({ modelVersionId, task, cell }): Parameter => [
      `call.${ofVersion(task, modelVersionId, names)}`,
      tokenOf(cellTokens, cell),
    ]),
    ...(changedCalls ?? []).map(({ modelVersionId, task, changes }): Parameter => [
      `changed.${ofVersion(task, modelVersionId, names)}`,
      changes.map((change) => tokenOf(changeTokens, change)).join(','),
    ]),
  ];
}

/** A version nobody knows here keeps its id: the page that reads it says that it did not understand. */
function ofVersion(task: Task, id: string | number, { versions }: CompareNames) {
  const version = versions.find((one) => one.id === id);
  return `${tokenOf(taskTokens, task)}.${version ? versionWord(version) : String(id)}`;
}
