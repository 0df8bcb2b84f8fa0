import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { PatientsPageQuery } from '@/gql/graphql';
import { formatCount } from '@/ui/format';
import { Link } from '@/ui/link';
import { StateChip } from '@/ui/state-chip';
import { Time } from '@/ui/time';
import { ageWords, sexWords } from '@/ui/words';
import styles from './patients.module.css';

type Row = NonNullable<PatientsPageQuery['study']>['patients']['edges'][number]['node'];

export function PatientTable({ patients, path }: { patients: readonly Row[]; path: string }) {
  return (
    <Table aria-label="Patients">
      <TableHead>
        <TableRow>
          <TableCell>Patient</TableCell>
          <TableCell>Sex</TableCell>
          <TableCell>Age</TableCell>
          <TableCell>Skin type</TableCell>
          <TableCell align="right">Lesions</TableCell>
          <TableCell align="right">Images</TableCell>
          <TableCell>Consent</TableCell>
          <TableCell>Added</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {patients.map((patient) => (
          <TableRow key={patient.id}>
            <TableCell className={styles.code}>
              <Link href={`${path}/${encodeURIComponent(patient.code)}`}>{patient.code}</Link>
            </TableCell>
            <TableCell>{patient.sex ? sexWords[patient.sex] : <Missing />}</TableCell>
            <TableCell sx={{ whiteSpace: 'nowrap' }}>
              {typeof patient.ageYears === 'number' ? ageWords(patient.ageYears) : <Missing />}
            </TableCell>
            <TableCell>{patient.skinType ?? <Missing />}</TableCell>
            <TableCell align="right">{formatCount(patient.lesionCount)}</TableCell>
            <TableCell align="right">{formatCount(patient.imageCount)}</TableCell>
            <TableCell>
              <ConsentChip consent={patient.consent} />
            </TableCell>
            <TableCell>
              <Time at={patient.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function ConsentChip({ consent }: Pick<Row, 'consent'>) {
  return consent === 'ACTIVE' ? (
    <StateChip tone="ok" icon="check">
      consent active
    </StateChip>
  ) : (
    <StateChip tone="warn" icon="lock">
      consent withdrawn
    </StateChip>
  );
}

const Missing = () => <span className={styles.missing}>not recorded</span>;
