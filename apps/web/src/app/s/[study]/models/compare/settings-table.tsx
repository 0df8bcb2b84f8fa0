import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Difference } from '../manifest-differences';
import styles from '../registry.module.css';

interface SettingsTableProps {
  heads: readonly [string, string];
  settings: readonly Difference[];
}

export function SettingsTable({ heads: [first, second], settings }: SettingsTableProps) {
  return (
    <div className={styles.scroll} role="region" aria-label="Settings, scrollable" tabIndex={0}>
      <Table aria-label={`Settings of ${first} and ${second}`}>
        <TableHead>
          <TableRow>
            <TableCell>Setting</TableCell>
            <TableCell>{first}</TableCell>
            <TableCell>{second}</TableCell>
            <TableCell>Same</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {settings.map(({ setting, before, after }) => {
            const isSame = before === after;
            return (
              <TableRow key={setting}>
                <TableCell className={styles.mono}>{setting}</TableCell>
                <TableCell className={styles.mono}>{before}</TableCell>
                <TableCell
                  className={`${styles.mono ?? ''} ${isSame ? '' : (styles.differs ?? '')}`}
                >
                  {after}
                </TableCell>
                <TableCell>{isSame ? 'same' : <b>differs</b>}</TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
