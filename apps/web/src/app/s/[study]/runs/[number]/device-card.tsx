import type { RunDetailFragment } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { StateChip } from '@/ui/state-chip';
import { deviceWords } from '@/ui/words';

/** The device asked for and the one used. A slower one in its place is said, never silent. */
export function DeviceCard({ run }: { run: RunDetailFragment }) {
  return (
    <Card title="Device" actions={<DeviceChip run={run} />}>
      <Facts
        rows={[
          ['Asked for', deviceWords[run.requestedDevice]],
          [
            'Used',
            run.actualDevice ? <b>{run.actualDevice}</b> : 'not known before the first batch',
          ],
          ...(run.deviceNote ? [['Why', run.deviceNote] as const] : []),
        ]}
      />
    </Card>
  );
}

function DeviceChip({ run }: { run: RunDetailFragment }) {
  if (!run.actualDevice) return undefined;
  if (run.deviceNote)
    return (
      <StateChip tone="warn" icon="warning">
        fell back
      </StateChip>
    );
  return (
    <StateChip tone="ok" icon="check">
      as requested
    </StateChip>
  );
}
