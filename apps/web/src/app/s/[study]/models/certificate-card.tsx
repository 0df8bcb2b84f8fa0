import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { query } from '@/apollo/server';
import type { VersionCertificatesQuery as Answer } from '@/gql/graphql';
import { Card } from '@/ui/card';
import { countOf, formatCount, formatProportion, formatValue, shortHash } from '@/ui/format';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { taskWords } from '@/ui/words';
import { VersionCertificatesQuery } from './certificate-card.query';
import styles from './models.module.css';
import { formatTiny } from './tiny-number';

type Certificate = NonNullable<Answer['modelVersion']>['certificates'][number];
type Comparison = Certificate['repetition'];

interface CertificateCardProps {
  family: string;
  version: string;
}

/** Whether this version gives the same study results on every device; the newest measurement in full. */
export async function CertificateCard({ family, version }: CertificateCardProps) {
  const variables = { name: family, version };
  const { data } = await query({ query: VersionCertificatesQuery, variables });
  const [newest, ...older] = data.modelVersion?.certificates ?? [];
  if (!newest) {
    return (
      <Card title="Devices">
        <p>
          Not measured yet: nobody has compared what this version answers on different devices. On
          the server, <code>npm run certify -- {`${family}@${version}`}</code> does.
        </p>
      </Card>
    );
  }
  return (
    <Card
      title="Devices"
      flush
      aside={
        <>
          {countOf(newest.imageCount, 'image')}, <Time at={newest.createdAt} />
        </>
      }
      actions={<Outcome certificate={newest} />}
      footer={<Foot certificate={newest} older={older} />}
    >
      <ComparisonTable certificate={newest} />
    </Card>
  );
}

function Outcome({ certificate: { passed } }: { certificate: Certificate }) {
  return passed ? (
    <StateChip tone="ok" icon="check">
      certified
    </StateChip>
  ) : (
    <StateChip tone="err" icon="error">
      not certified
    </StateChip>
  );
}

function ComparisonTable({ certificate: { repetition, devices } }: { certificate: Certificate }) {
  return (
    <Table size="small" aria-label="Differences from the CPU, by device">
      <TableHead>
        <TableRow>
          <TableCell>Against the CPU</TableCell>
          <TableCell>Answer</TableCell>
          <TableCell align="right">Median difference</TableCell>
          <TableCell align="right">99 % below</TableCell>
          <TableCell align="right">Largest</TableCell>
          <TableCell>What changed</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        <ComparisonRows title="the CPU again" comparison={repetition} />
        {devices.map((comparison) => (
          <ComparisonRows
            key={comparison.device}
            title={comparison.device}
            comparison={comparison}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function ComparisonRows({ title, comparison }: { title: string; comparison: Comparison }) {
  const { tasks, mask, passed, deviceNote, msPerImage } = comparison;
  const answers = [
    ...tasks.map((shift) => ({
      ...shift,
      key: taskWords[shift.task],
      changed: taskChanges(shift),
    })),
    ...(mask ? [{ ...mask, key: 'mask', changed: maskChanges(mask) }] : []),
  ];
  return answers.map(({ key, median, q99, largest, changed }, at) => (
    <TableRow key={key}>
      {at === 0 && (
        <TableCell component="th" scope="rowgroup" rowSpan={answers.length} title={deviceNote}>
          <b>{title}</b>
          <div className={styles.quiet}>
            {passed ? 'passed' : 'failed'}, {formatCount(Math.round(msPerImage))} ms per image
          </div>
        </TableCell>
      )}
      <TableCell>{key}</TableCell>
      <TableCell align="right">{formatTiny(median)}</TableCell>
      <TableCell align="right">{formatTiny(q99)}</TableCell>
      <TableCell align="right">{formatTiny(largest)}</TableCell>
      <TableCell>{changed}</TableCell>
    </TableRow>
  ));
}

function taskChanges({
  callsChanged,
  ranksChanged,
  auc,
  referenceAuc,
}: Comparison['tasks'][number]) {
  const counts =
    callsChanged + ranksChanged === 0
      ? 'no call, no rank'
      : `${countOf(callsChanged, 'call')}, ${countOf(ranksChanged, 'rank')}`;
  if (typeof auc !== 'number' || typeof referenceAuc !== 'number') {
    return `${counts}; AUC undefined: the labels of one class are not known`;
  }
  return auc === referenceAuc
    ? `${counts}; AUC ${formatValue(auc)} on both`
    : `${counts}; AUC ${formatValue(auc)} instead of ${formatValue(referenceAuc)}`;
}

const maskChanges = ({
  masksChanged,
  pixelsChanged,
  pixelsCompared,
}: NonNullable<Comparison['mask']>) =>
  pixelsChanged === 0
    ? `none of ${formatCount(pixelsCompared)} pixels`
    : `${formatCount(pixelsChanged)} of ${formatCount(pixelsCompared)} pixels, in ${countOf(masksChanged, 'mask')}`;

function Foot({ certificate, older }: { certificate: Certificate; older: Certificate[] }) {
  const { images, imagesHash, threshold, machine } = certificate;
  return (
    <span className={styles.quiet}>
      {images} ({shortHash(imagesHash)}), calls at {formatProportion(threshold)};{' '}
      {machine.processor}, {countOf(machine.cores, 'core')}, {machine.runtime}.
      {older.length > 0 &&
        ` Measured ${countOf(older.length, 'time')} before: ${older.filter(({ passed }) => passed).length} certified.`}
    </span>
  );
}
