import type { RunLineFragment } from '@/gql/graphql';
import { countOf, formatCount, formatDuration, formatRate } from '@/ui/format';

type Run = RunLineFragment;

export const isActive = ({ state }: Pick<Run, 'state'>) =>
  state === 'QUEUED' || state === 'RUNNING';

/** What a run is about: "multitask 0.2.0 on Hold-out 300". */
export const runSubject = ({ modelVersion, snapshot }: Run) =>
  `${modelVersion.title} on ${snapshot ? snapshot.cohort.name : 'one image'}`;

export const handledCount = ({ scoredCount, failedCount, skippedCount }: Run) =>
  scoredCount + failedCount + skippedCount;

/** The line of facts under a run's bar, without the ones that are not known. */
export function runFacts(run: Run): string {
  const parts = isActive(run) ? activeFacts(run) : endedFacts(run);
  return parts.filter((part) => part !== undefined).join(' · ');
}

function activeFacts(run: Run) {
  return [
    `${formatCount(handledCount(run))} of ${formatCount(run.totalCount)}`,
    failedWords(run),
    typeof run.imagesPerSecond === 'number' ? formatRate(run.imagesPerSecond) : undefined,
    leftWords(run),
    run.actualDevice ?? undefined,
  ];
}

function endedFacts(run: Run) {
  const { scoredCount, totalCount, skippedCount, elapsedSeconds } = run;
  const scored =
    scoredCount + skippedCount === totalCount
      ? `${formatCount(scoredCount)} scored`
      : `${formatCount(scoredCount)} of ${formatCount(totalCount)} scored`;
  return [
    typeof elapsedSeconds === 'number' ? `${scored} in ${formatDuration(elapsedSeconds)}` : scored,
    skippedCount > 0 ? `${formatCount(skippedCount)} already scored` : undefined,
    failedWords(run),
    run.state === 'CANCELLED' ? 'what was scored is kept' : undefined,
    run.actualDevice ?? undefined,
  ];
}

const failedWords = ({ failedCount }: Run) =>
  failedCount > 0 ? `${formatCount(failedCount)} failed` : undefined;

/** "about 7 s left"; nothing before the first chunk tells. */
export function leftWords({ state, secondsLeft }: Pick<Run, 'state' | 'secondsLeft'>) {
  if (state === 'QUEUED') return 'waiting for a worker';
  return typeof secondsLeft === 'number' ? `about ${formatDuration(secondsLeft)} left` : undefined;
}

export const retryWords = (count: number) =>
  `Retry ${countOf(count, 'failed image', 'failed images')}`;
