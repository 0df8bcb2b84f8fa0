import type { RunState } from '@/gql/graphql';
import { countOf } from './format';
import type { IconName } from './icon';
import { StateChip, type Tone } from './state-chip';

const looks: Record<RunState, { tone: Tone; icon: IconName; word: string }> = {
  QUEUED: { tone: 'off', icon: 'clock', word: 'queued' },
  RUNNING: { tone: 'info', icon: 'play', word: 'running' },
  DONE: { tone: 'ok', icon: 'check', word: 'done' },
  CANCELLED: { tone: 'off', icon: 'stop', word: 'cancelled' },
  FAILED: { tone: 'err', icon: 'error', word: 'failed' },
};

/** A finished run with failed images says so instead of "done". */
export function RunStateChip({ state, failedCount }: { state: RunState; failedCount: number }) {
  if (state === 'DONE' && failedCount > 0)
    return (
      <StateChip tone="warn" icon="warning">
        {countOf(failedCount, 'failed', 'failed')}
      </StateChip>
    );
  const { tone, icon, word } = looks[state];
  return (
    <StateChip tone={tone} icon={icon}>
      {word}
    </StateChip>
  );
}
