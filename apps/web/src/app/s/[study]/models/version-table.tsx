import type { ReactNode } from 'react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Task } from '@/gql/graphql';
import { AliasChips } from '@/ui/alias-chip';
import { Card } from '@/ui/card';
import { Estimate } from '@/ui/estimate';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { Link } from '@/ui/link';
import { Time } from '@/ui/time';
import { taskShortWords } from '@/ui/words';
import type { Alias, Evaluation, Model, Version } from './load-models';
import styles from './models.module.css';

const tasks = ['MELANOMA', 'SEBORRHEIC_KERATOSIS'] as const satisfies Task[];

interface VersionTableProps {
  slug: string;
  family: Model;
  /** In the order in which they are shown. */
  versions: readonly Version[];
  aliases: readonly Alias[];
  /** Newest first. */
  evaluations: readonly Evaluation[];
  current: string | undefined;
}

/** The versions with the numbers of the newest evaluation each was part of. */
export function VersionTable(props: VersionTableProps) {
  const { slug, family, versions, aliases, evaluations, current } = props;
  return (
    <Card
      flush
      title={family.name}
      aside={`${countOf(family.versions.length, 'version')} · numbers of this study, newest evaluation of each`}
    >
      <Table aria-label={`Versions of ${family.name}`}>
        <TableHead>
          <TableRow>
            <TableCell>Version</TableCell>
            <TableCell>Registered</TableCell>
            {tasks.map((task) => (
              <TableCell key={task}>{taskShortWords[task]} AUC</TableCell>
            ))}
            <TableCell>Mean Jaccard</TableCell>
            <TableCell>Evaluated on</TableCell>
            <TableCell>Checks</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {versions.map((version) => (
            <VersionRow
              key={version.id}
              slug={slug}
              family={family.name}
              version={version}
              aliases={aliases}
              evaluation={evaluations.find(({ versions }) =>
                versions.some(({ modelVersion }) => modelVersion.id === version.id),
              )}
              isCurrent={version.id === current}
            />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

interface VersionRowProps {
  slug: string;
  family: string;
  version: Version;
  aliases: readonly Alias[];
  evaluation: Evaluation | undefined;
  isCurrent: boolean;
}

function VersionRow(props: VersionRowProps) {
  const { slug, family, version, aliases, evaluation, isCurrent } = props;
  const passed = version.checks.filter((check) => check.passed).length;
  return (
    <TableRow selected={isCurrent} aria-current={isCurrent ? 'true' : undefined}>
      <TableCell>
        <Link
          href={`/s/${slug}/models/${encodeURIComponent(family)}/${encodeURIComponent(version.version)}`}
        >
          <b>{version.version}</b>
        </Link>{' '}
        <AliasChips aliases={aliases} of={version.id} />
      </TableCell>
      <TableCell className={styles.quiet} sx={{ whiteSpace: 'nowrap' }}>
        <Time at={version.createdAt} />
        {version.registeredBy && ` · ${version.registeredBy.name}`}
      </TableCell>
      <Estimates version={version} evaluation={evaluation} />
      <TableCell>
        {evaluation ? (
          <Link href={`/s/${slug}/evaluations/${evaluation.id}`}>
            {evaluation.snapshot.cohort.name}
          </Link>
        ) : (
          <Quiet>not yet</Quiet>
        )}
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <Icon name={passed === version.checks.length ? 'check' : 'error'} size={14} /> {passed} /{' '}
        {version.checks.length}
      </TableCell>
    </TableRow>
  );
}

function Estimates({ version, evaluation }: Pick<VersionRowProps, 'version' | 'evaluation'>) {
  const evaluated = evaluation?.versions.find(({ modelVersion }) => modelVersion.id === version.id);
  return (
    <>
      {tasks.map((task) => (
        <TableCell key={task}>
          {version.tasks.includes(task) ? (
            <EstimateOr of={evaluated?.tasks.find((one) => one.task === task)?.auc} />
          ) : (
            <Quiet>gives no score</Quiet>
          )}
        </TableCell>
      ))}
      <TableCell>
        {version.hasMask ? (
          <EstimateOr of={evaluated?.segmentation?.meanJaccard} />
        ) : (
          <Quiet>gives no mask</Quiet>
        )}
      </TableCell>
    </>
  );
}

function EstimateOr({ of }: { of: Parameters<typeof Estimate>[0]['of'] | undefined }) {
  return of ? <Estimate of={of} /> : <Quiet>not evaluated yet</Quiet>;
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <span className={styles.quiet}>{children}</span>
);
