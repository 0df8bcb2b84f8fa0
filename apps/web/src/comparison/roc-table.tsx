import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { RocCurve } from '@/plots/roc-plot';
import { formatCount, formatProportion, formatValue } from '@/ui/format';

/** Longer, a table on screen helps nobody; the CSV has all points. */
const tableRows = 200;

const heads = ['Version', 'Score ≥', 'Sensitivity', '1 − specificity', 'True pos.', 'False pos.'];

/** The points of all curves; long ones are cut, and say so. */
export function RocTable({ title, curves }: { title: string; curves: readonly RocCurve[] }) {
  const rows = curves.flatMap((curve) => curve.points.map((point) => ({ curve, point })));
  return (
    <>
      <Table aria-label={title} stickyHeader>
        <TableHead>
          <TableRow>
            {heads.map((head, index) => (
              <TableCell key={head} align={index > 0 ? 'right' : 'left'}>
                {head}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.slice(0, tableRows).map(({ curve, point }, index) => (
            <TableRow key={index}>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{curve.title}</TableCell>
              <TableCell align="right">{thresholdWords(point.threshold)}</TableCell>
              <TableCell align="right">{formatProportion(point.truePositiveRate)}</TableCell>
              <TableCell align="right">{formatProportion(point.falsePositiveRate)}</TableCell>
              <TableCell align="right">{formatCount(point.truePositives)}</TableCell>
              <TableCell align="right">{formatCount(point.falsePositives)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rows.length > tableRows && (
        <p style={{ padding: '8px 16px' }}>
          The first {tableRows} of {formatCount(rows.length)} points. The CSV has all of them.
        </p>
      )}
    </>
  );
}

const thresholdWords = (threshold: number | null | undefined) =>
  typeof threshold === 'number' ? formatValue(threshold) : 'above all';
