'use client';

import type { ConfusionCell, EstimateFactsFragment } from '@/gql/graphql';

import { taskTokens, tokenOf } from '@/images/filter-tokens';
import { CopyAs } from '@/scripts/copy-as';
import { Card } from '@/ui/card';
import { Estimate } from '@/ui/estimate';
import { formatCount, formatValue } from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import { taskWords } from '@/ui/words';
import { cellTokens } from './compare-address';
import { cellWords } from './comparison-words';
import { ChangeLink, useDashboard, type VersionTask } from './dashboard-context';
import styles from './dashboard.module.css';

type OperatingPoint = NonNullable<VersionTask['operatingPoint']>;

const rates: readonly (readonly [keyof Rates, string])[] = [
  ['sensitivity', 'Sensitivity'],
  ['specificity', 'Specificity'],
  ['ppv', 'Positive predictive value'],
  ['npv', 'Negative predictive value'],
  ['balancedAccuracy', 'Balanced accuracy'],
];
type Rates = Pick<
  OperatingPoint,
  'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'balancedAccuracy'
>;

/** Each version's calls at its threshold, and the rates they give. A cell narrows to its images. */
export function ConfusionCard() {
  const { comparison, versions, other, task, bySlot, shown } = useDashboard();
  const found = comparison.tasks.find((one) => one.task === task);
  const points = (found?.versions ?? []).flatMap(({ slot, operatingPoint }) =>
    operatingPoint ? [{ version: bySlot(slot), of: operatingPoint }] : [],
  );
  const drawn = points.filter(({ version }) => version === versions[0] || version === other);
  if (!found || drawn.length === 0) return null;
  const title = `Calls, ${taskWords[task]}`;
  return (
    <Card
      title={title}
      aside={`n⁺ ${formatCount(found.positives)} · n⁻ ${formatCount(found.negatives)}`}
      actions={<CopyAs title={title} shown={shown({ kind: 'operatingPoint', task })} />}
      footer="Predictive values hold for the share of the condition among these images only."
    >
      <div className={styles.matrices}>
        {drawn.map(({ version, of }) => (
          <Matrix key={version.slot} name={version.name} slot={version.slot} of={of} />
        ))}
      </div>
      <table className={`${styles.tight ?? ''} ${styles.bare ?? ''}`} aria-label={title}>
        <thead>
          <tr>
            <th>At the threshold</th>
            {drawn.map(({ version }) => (
              <th key={version.slot} className={styles.right}>
                <VersionMarker slot={version.slot} /> {version.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rates.map(([rate, words]) => (
            <tr key={rate}>
              <td>{words}</td>
              {drawn.map(({ version, of }) => (
                <td key={version.slot} className={styles.right}>
                  <Rate of={of[rate]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const Rate = ({ of }: { of: EstimateFactsFragment }) => <Estimate of={of} isRate />;

function Matrix({ name, slot, of }: { name: string; slot: number; of: OperatingPoint }) {
  const { task, bySlot, address } = useDashboard();
  const { counts } = of;
  const condition = taskWords[task];
  const key = `call.${tokenOf(taskTokens, task)}.${bySlot(slot).word}`;
  const now = new URLSearchParams(address).get(key);
  const cell = (kind: ConfusionCell, count: number) => {
    const word = tokenOf(cellTokens, kind);
    return (
      <td>
        <ChangeLink
          name={key}
          value={now === word ? undefined : word}
          className={styles.matrixCell}
          isCurrent={now === word}
          label={`${formatCount(count)} ${cellWords[kind](condition)} by ${name}`}
        >
          <b>{formatCount(count)}</b>
          <small>{cellWords[kind](condition)}</small>
        </ChangeLink>
      </td>
    );
  };
  return (
    <div>
      <table className={styles.matrix}>
        <caption>
          <VersionMarker slot={slot} /> <b>{name}</b>{' '}
          {typeof of.threshold === 'number'
            ? `at score ≥ ${formatValue(of.threshold)}`
            : 'calls nothing'}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">called</th>
            <th scope="col">not called</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">n⁺</th>
            {cell('TRUE_POSITIVE', counts.truePositives)}
            {cell('FALSE_NEGATIVE', counts.falseNegatives)}
          </tr>
          <tr>
            <th scope="row">n⁻</th>
            {cell('FALSE_POSITIVE', counts.falsePositives)}
            {cell('TRUE_NEGATIVE', counts.trueNegatives)}
          </tr>
        </tbody>
      </table>
      <p className={styles.small}>{of.chosen}</p>
    </div>
  );
}
