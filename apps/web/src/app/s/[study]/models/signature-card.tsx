import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Card } from '@/ui/card';
import { taskWords } from '@/ui/words';
import type { Version } from './load-models';
import { signatureOf } from './signature';
import styles from './registry.module.css';

/** What goes in and what comes out, tensor by tensor. */
export function SignatureCard({ version }: { version: Version }) {
  const rows = signatureOf(version.manifest, (task) =>
    Object.hasOwn(taskWords, task.toUpperCase())
      ? taskWords[task.toUpperCase() as keyof typeof taskWords]
      : task,
  );
  if (rows.length === 0) return null;
  return (
    <Card flush title="Inputs and outputs">
        <Table aria-label="Inputs and outputs">
          <TableHead>
            <TableRow>
              <TableCell>Name</TableCell>
              <TableCell>Type</TableCell>
              <TableCell>Shape</TableCell>
              <TableCell>Meaning</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ name, type, shape, meaning }) => (
              <TableRow key={`${name} ${meaning}`}>
                <TableCell className={styles.tensor}>{name}</TableCell>
                <TableCell>{type}</TableCell>
                <TableCell className={styles.tensor}>{shape}</TableCell>
                <TableCell>{meaning}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
    </Card>
  );
}
