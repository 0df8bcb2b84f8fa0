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
          ...(run.deviceNote ? [['Note', run.deviceNote] as const] : []),
        ]}
      />
    </Card>
  );
}

function DeviceChip({ run: { requestedDevice, actualDevice } }: { run: RunDetailFragment }) {
  if (!actualDevice) return undefined;
  // Any device named is used or the run fails; only "fastest available" can end on the slowest.
  if (requestedDevice === 'AUTO' && actualDevice.startsWith('cpu'))
    return (
      <StateChip tone="warn" icon="warning">
        no GPU found
      </StateChip>
    );
  return (
    <StateChip tone="ok" icon="check">
      as requested
    </StateChip>
  );
}
