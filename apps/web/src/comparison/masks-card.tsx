'use client';

import type { SegmentationComparisonFactsFragment } from '@/gql/graphql';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { RidgePlot } from '@/plots/ridge-plot';
import { CopyAs } from '@/scripts/copy-as';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { Estimate, estimateWords } from '@/ui/estimate';
import { countOf, formatCount, formatInterval, formatValue } from '@/ui/format';
import { Link } from '@/ui/link';
import { verdictWords } from './comparison-words';
import { useDashboard, type NamedVersion } from './dashboard-context';
import { differenceWords } from './difference-card';
import { NumbersTable } from './plot-tables';

/** Below it, the ISIC 2018 challenge calls a segmentation failed. */
const failureThreshold = 0.65;

type Segmentation = SegmentationComparisonFactsFragment;
type Masks = Segmentation['versions'][number];

/** How well the masks agree with the reference, over the images and on the mean. */
export function MasksCard() {
  const { comparison, bySlot, fileName, caption, shown, hrefWith, go } = useDashboard();
  const { segmentation } = comparison;
  const title = 'Segmentation, Jaccard to reference';
  if (!segmentation || segmentation.versions.length === 0)
    return (
      <Card title={title}>
        <EmptyState icon="image" title="No mask to compare">
          None of these versions draws one, or no image has a reference mask.
        </EmptyState>
      </Card>
    );
  const { versions } = segmentation;
  return (
    <PlotCard
      title={title}
      aside={countOf(segmentation.images, 'reference mask')}
      fileName={fileName('jaccard')}
      caption={caption(
        `${title}: images by value, quartiles and median, the mean with its interval`,
        versions.map((one) => ({
          slot: one.slot,
          words: `${bySlot(one.slot).title}: mean ${estimateWords(one.meanJaccard)}, n ${one.images}`,
        })),
      )}
      rows={() => csvRows(versions, bySlot)}
      table={<MasksTable title={title} versions={versions} bySlot={bySlot} />}
      actions={<CopyAs title={title} shown={shown({ kind: 'segmentation' })} />}
      footer={<Footer segmentation={segmentation} />}
    >
      <RidgePlot
        label={`Jaccard to the reference: ${versions.map((one) => `${bySlot(one.slot).title} mean ${estimateWords(one.meanJaccard)}`).join('; ')}`}
        series={versions.map((one) => ({
          slot: one.slot,
          title: bySlot(one.slot).name,
          bins: one.jaccardBins,
          box: boxOf(one),
          mean: one.meanJaccard,
          words: besideWords(one),
        }))}
        threshold={failureThreshold}
        hint="Bar: middle half of the images, dot: median. Click a bar to compare on its images alone."
        onChoose={({ from, to }, index) => {
          const one = versions[index];
          if (one) go(hrefWith(`jaccard.${bySlot(one.slot).word}`, `${tidy(from)}..${tidy(to)}`));
        }}
      />
    </PlotCard>
  );
}

/** 0.30000000000000004 is no word for an address. */
const tidy = (value: number) => Number(value.toFixed(4));

const boxOf = ({
  lowerQuartileJaccard: q1,
  medianJaccard: median,
  upperQuartileJaccard: q3,
}: Masks) =>
  typeof q1 === 'number' && typeof median === 'number' && typeof q3 === 'number'
    ? { q1, median, q3 }
    : undefined;

function besideWords({ meanJaccard: { value, low, high }, below065 }: Masks): string[] {
  if (typeof value !== 'number') return ['not defined'];
  return [
    `${formatValue(value)} mean`,
    typeof low === 'number' && typeof high === 'number' ? formatInterval(low, high) : 'no interval',
    `${formatCount(below065)} below 0.65`,
  ];
}

function Footer({ segmentation }: { segmentation: Segmentation }) {
  const { versions: names, slug, comparison } = useDashboard();
  const { differences, versions, withoutReference } = segmentation;
  const baseline = names[0]?.name ?? '';
  const undefinedCount = Math.max(0, ...versions.map((one) => one.undefinedCount));
  return (
    <>
      {differences.map((one) => (
        <span key={one.slot}>
          {names.find(({ slot }) => slot === one.slot)?.name} − {baseline}: {differenceWords(one)},{' '}
          {verdictWords[one.verdict].words}.
        </span>
      ))}
      <span>
        {countOf(segmentation.images, 'mask')}, {undefinedCount} undefined.
      </span>
      {withoutReference > 0 && (
        <Link href={`/s/${slug}/images?cohort=${comparison.snapshot.cohort.id}&mask=none`}>
          {countOf(withoutReference, 'image')} without a reference mask
        </Link>
      )}
    </>
  );
}

interface MasksTableProps {
  title: string;
  versions: readonly Masks[];
  bySlot: (slot: number) => NamedVersion;
}

const MasksTable = ({ title, versions, bySlot }: MasksTableProps) => (
  <NumbersTable
    title={title}
    heads={['Version', 'n', 'Mean Jaccard', 'Median', 'Mean Dice', 'Below 0.65', 'Undefined']}
    rows={versions.map((one) => [
      bySlot(one.slot).title,
      formatCount(one.images),
      <Estimate key="jaccard" of={one.meanJaccard} />,
      typeof one.medianJaccard === 'number' ? formatValue(one.medianJaccard) : 'not defined',
      <Estimate key="dice" of={one.meanDice} />,
      formatCount(one.below065),
      formatCount(one.undefinedCount),
    ])}
  />
);

const csvRows = (versions: readonly Masks[], bySlot: (slot: number) => NamedVersion): PlotRow[] => [
  ['version', 'n', 'mean', 'mean_low', 'mean_high', 'jaccard_from', 'jaccard_to', 'images'],
  ...versions.flatMap((one) =>
    one.jaccardBins.map(({ from, to, count }): PlotRow => [
      bySlot(one.slot).title,
      one.images,
      one.meanJaccard.value ?? estimateWords(one.meanJaccard),
      one.meanJaccard.low ?? '',
      one.meanJaccard.high ?? '',
      from,
      to,
      count,
    ]),
  ),
];
