'use client';

import { verdictWords } from '@/comparison/comparison-words';
import type { AliasLineFragment } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Field } from '@/ui/field';
import { countOf, formatMoment } from '@/ui/format';
import { Link } from '@/ui/link';
import { StateChip } from '@/ui/state-chip';
import { taskShortWords } from '@/ui/words';
import { overlapWords } from './overlap-words';
import styles from './registry.module.css';
import type { useEvidence } from './use-evidence';

interface EvidenceProps extends ReturnType<typeof useEvidence> {
  slug: string;
  version: { id: string; title: string };
  rival: AliasLineFragment | undefined;
}

/** The evaluation that justifies the promotion: what it found, and what the version has seen of it. */
export function Evidence(props: EvidenceProps) {
  const { slug, version, rival, evaluations, chosen, setChosenId, isLoading, hasFailed } = props;
  if (isLoading) return <p style={{ margin: 0 }}>Looking for evaluations…</p>;
  if (hasFailed) return <Banner tone="err">The evaluations could not be loaded.</Banner>;
  if (!chosen)
    return (
      <Banner tone="warn">
        {rival
          ? `No evaluation compares ${version.title} with ${rival.modelVersion.title}. `
          : `No evaluation of this study has ${version.title} in it. `}
        <Link href={`/s/${slug}/compare`}>Compare them first</Link>, and save it as an evaluation.
      </Banner>
    );
  return (
    <>
      <Field label="Justified by">
        {(control) => (
          <select
            {...control}
            value={chosen.id}
            onChange={(event) => {
              setChosenId(event.target.value);
            }}
          >
            {evaluations.map(({ id, createdAt, snapshot, versions }) => (
              <option key={id} value={id}>
                {snapshot.cohort.name} {snapshot.code} ·{' '}
                {versions.map(({ modelVersion }) => modelVersion.title).join(', ')} ·{' '}
                {formatMoment(createdAt)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Findings version={version} chosen={chosen} slug={slug} />
      <Leakage {...props} />
    </>
  );
}

type Chosen = NonNullable<EvidenceProps['chosen']>;

/** The sentences of the rules, never of a person. */
function Findings({
  version,
  chosen,
  slug,
}: Pick<EvidenceProps, 'version' | 'slug'> & { chosen: Chosen }) {
  const found = (chosen.comparison?.tasks ?? []).flatMap(({ task, differences }) =>
    differences
      .filter(({ modelVersion }) => modelVersion.id === version.id)
      .map((difference) => ({ task, ...difference })),
  );
  return (
    <div>
      {found.length === 0 ? (
        <p style={{ margin: 0 }}>
          {chosen.versions.length > 1
            ? `${version.title} is the baseline of this evaluation: the others are compared with it.`
            : 'This evaluation has one version in it: it compares nothing.'}
        </p>
      ) : (
        <ul className={styles.facts}>
          {found.map(({ task, sentence, verdict }) => {
            const { words, icon, tone } = verdictWords[verdict];
            return (
              <li key={task}>
                {taskShortWords[task]}: {sentence}{' '}
                <StateChip tone={tone} icon={icon}>
                  {words}
                </StateChip>
              </li>
            );
          })}
        </ul>
      )}
      <p style={{ margin: '4px 0 0' }}>
        {chosen.purpose === 'CONFIRMATORY'
          ? 'Confirmatory, as the locked plan says. '
          : 'Exploratory: not asked beforehand as a locked plan says. '}
        <Link href={`/s/${slug}/evaluations/${chosen.id}`}>Open the evaluation</Link>
      </p>
    </div>
  );
}

function Leakage({ version, overlap, isOverlapUnknown }: EvidenceProps) {
  if (isOverlapUnknown)
    return <Banner tone="warn">Whether its images were trained on could not be asked.</Banner>;
  if (!overlap) return <p style={{ margin: 0 }}>Comparing with the training list…</p>;
  if (!overlap.isDeclared)
    return (
      <Banner tone="warn">
        {version.title} declares no training list: overlap with training not checked.
      </Banner>
    );
  if (overlap.counts.total === 0)
    return (
      <Banner tone="ok">
        No image of the snapshot is near to the training list of the version.
      </Banner>
    );
  return (
    <Banner tone="err">
      {countOf(overlap.counts.total, 'image')} of the snapshot{' '}
      {overlap.counts.total === 1 ? 'is' : 'are'} near to the training list of {version.title} and
      flatter it: {overlapWords(overlap.counts)}.
    </Banner>
  );
}
