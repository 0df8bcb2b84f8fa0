import type { ImportState } from '@/gql/graphql';
import type { IconName } from '@/ui/icon';
import { StateChip, type Tone } from '@/ui/state-chip';

const looks: Record<ImportState, { tone: Tone; icon: IconName; words: string }> = {
  UPLOADING: { tone: 'off', icon: 'upload', words: 'choosing files' },
  CHECKING: { tone: 'info', icon: 'clock', words: 'checking' },
  CHECKED: { tone: 'info', icon: 'info', words: 'checked, not applied' },
  APPLYING: { tone: 'info', icon: 'clock', words: 'applying' },
  APPLIED: { tone: 'ok', icon: 'check', words: 'applied' },
  FAILED: { tone: 'err', icon: 'error', words: 'failed' },
  DISCARDED: { tone: 'off', icon: 'close', words: 'discarded' },
};

export function ImportStateChip({ state }: { state: ImportState }) {
  const { tone, icon, words } = looks[state];
  return (
    <StateChip tone={tone} icon={icon}>
      {words}
    </StateChip>
  );
}
