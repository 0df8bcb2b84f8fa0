import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Difference } from './manifest-differences';
import styles from './registry.module.css';

interface SettingsTableProps {
  heads: readonly [string, string];
  settings: readonly Difference[];
}

/** Two manifests, setting by setting; where all differ, nothing says so on every line. */
export function SettingsTable({ heads: [first, second], settings }: SettingsTableProps) {
  const someAreSame = settings.some(({ before, after }) => before === after);
  return (
    <Table aria-label={`Settings of ${first} and ${second}`}>
        <TableHead>
          <TableRow>
            <TableCell>Setting</TableCell>
            <TableCell>{first}</TableCell>
            <TableCell>{second}</TableCell>
            {someAreSame && <TableCell>Same</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {settings.map(({ setting, before, after }) => {
            const isSame = before === after;
            return (
              <TableRow key={setting}>
                <TableCell className={styles.setting}>{setting}</TableCell>
                <TableCell className={styles.value}>{before}</TableCell>
                <TableCell
                  className={`${styles.value ?? ''} ${isSame ? '' : (styles.differs ?? '')}`}
                >
                  {after}
                </TableCell>
                {someAreSame && <TableCell>{isSame ? 'same' : <b>differs</b>}</TableCell>}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
  );
}
