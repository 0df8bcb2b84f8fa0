'use client';

import MenuItem from '@mui/material/MenuItem';
import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { describeNarrowing } from '@/comparison/describe-comparison';
import { isNarrowing } from '@/comparison/compare-address';
import { shortNames } from '@/comparison/comparison-words';
import { useSharedGo } from '@/comparison/dashboard-context';
import { questionAddress, withVersions, type AskedQuestion } from '@/comparison/write-address';
import { addressText, withParam } from '@/images/change-address';
import { versionWord } from '@/images/image-list-address';
import { useShortcuts } from '@/images/use-shortcuts';
import { seriesCount } from '@/theme/series';
import { Banner } from '@/ui/banner';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LazyMenu } from '@/ui/overlays';
import { StateChip } from '@/ui/state-chip';
import { VersionMarker } from '@/ui/version-marker';
import styles from './compare.module.css';
import {
  singleTaskClaim,
  type CompareSnapshot,
  type CompareStudy,
  type CompareVersion,
  type Coverage,
  type StudyNames,
} from './study-names';

const AddFilterDialog = dynamic(
  async () => (await import('../images/add-filter-dialog')).AddFilterDialog,
  { ssr: false },
);
const RulesDialog = dynamic(async () => (await import('./rules-dialog')).RulesDialog, {
  ssr: false,
});

export interface CompareBarProps {
  slug: string;
  study: CompareStudy;
  names: StudyNames;
  snapshot: CompareSnapshot;
  coverage: ReadonlyMap<string, Coverage>;
  /** The baseline first. */
  versions: readonly CompareVersion[];
  notUnderstood: readonly string[];
}

/** The question: snapshot, filters, versions and rules, each changed in place and all kept in the address. */
export function CompareBar(props: CompareBarProps) {
  const { slug, names, versions, notUnderstood } = props;
  const params = new URLSearchParams(useSearchParams());
  const push = useSharedGo();
  const [dialog, setDialog] = useState<'filter' | 'rules'>();
  const go = (changed: URLSearchParams) => {
    push(`/s/${slug}/compare${addressText(changed)}`);
  };
  const close = () => {
    setDialog(undefined);
  };
  useShortcuts({
    f: () => {
      setDialog('filter');
    },
  });
  return (
    <>
      <div className={styles.bar} role="group" aria-label="What is compared">
        <SnapshotMenu {...props} params={params} go={go} />
        <button
          type="button"
          className={styles.add}
          onClick={() => {
            setDialog('filter');
          }}
        >
          <Icon name="filter" size={14} /> Filter
        </button>
        <Filters {...props} params={params} go={go} />
        <span className={styles.rule} aria-hidden />
        {versions.map((version, index) => (
          <VersionChip key={version.id} {...props} version={version} index={index} go={go} />
        ))}
        {versions.length < seriesCount && <AddVersion {...props} params={params} go={go} />}
        <button
          type="button"
          className={styles.add}
          onClick={() => {
            setDialog('rules');
          }}
        >
          Rules…
        </button>
        <ReadyMade {...props} go={go} />
        <CoverageWords {...props} />
      </div>
      {notUnderstood.length > 0 && (
        <Banner tone="warn">
          <b>{countOf(notUnderstood.length, 'part')} of the address not understood:</b>{' '}
          {notUnderstood.join(', ')}. The comparison is made without{' '}
          {notUnderstood.length === 1 ? 'it' : 'them'}.
        </Banner>
      )}
      {dialog === 'filter' && (
        <AddFilterDialog list={{ names: { ...names, cohorts: [] }, params, go }} onClose={close} />
      )}
      {dialog === 'rules' && (
        <RulesDialog names={names} params={params} onClose={close} onChange={go} />
      )}
    </>
  );
}

interface PartProps extends CompareBarProps {
  params: URLSearchParams;
  go: (params: URLSearchParams) => void;
}

function SnapshotMenu({ names, snapshot, params, go }: PartProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        aria-haspopup="menu"
        aria-label={`Snapshot ${snapshot.cohort.name} ${snapshot.code}, frozen. Choose another`}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon name="layers" /> <b>{snapshot.cohort.name}</b>
        <span className={styles.code}>{snapshot.code}</span>
        <StateChip tone="off" icon="lock">
          frozen
        </StateChip>
        <Icon name="down" size={14} />
      </Button>
      {anchor && (
        <LazyMenu
          anchorEl={anchor}
          open
          onClose={() => {
            setAnchor(null);
          }}
        >
          {names.snapshots.map(({ id, code, imageCount, cohort }) => (
            <MenuItem
              key={id}
              selected={id === snapshot.id}
              onClick={() => {
                setAnchor(null);
                go(withParam(params, 'snapshot', code));
              }}
            >
              {cohort.name} <span className={styles.code}>{code}</span>
              <span className={styles.menuNote}>{countOf(imageCount, 'image')}</span>
            </MenuItem>
          ))}
        </LazyMenu>
      )}
    </>
  );
}

function Filters({ names, notUnderstood, params, go }: PartProps) {
  const words = describeNarrowing(params, names, notUnderstood);
  return (
    <>
      {words.map(({ key, field, value }) => (
        <button
          key={key}
          type="button"
          className={styles.chip}
          aria-label={`Remove filter ${field} ${value}`}
          onClick={() => {
            go(withParam(params, key, undefined));
          }}
        >
          {field} <b>{value}</b> <Icon name="close" size={14} />
        </button>
      ))}
      {words.length > 1 && (
        <Button
          variant="text"
          size="small"
          onClick={() => {
            go(new URLSearchParams([...params].filter(([key]) => !isNarrowing(key))));
          }}
        >
          Clear
        </Button>
      )}
    </>
  );
}

interface VersionChipProps extends Omit<PartProps, 'params'> {
  version: CompareVersion;
  index: number;
}

/** Its menu makes it the baseline; no dragging is needed. */
function VersionChip({ study, versions, version, index, go }: VersionChipProps) {
  const params = new URLSearchParams(useSearchParams());
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const name = shortNames(versions)[index] ?? version.title;
  const without = versions.filter(({ id }) => id !== version.id).map(versionWord);
  const called = study.aliases.filter(({ modelVersion }) => modelVersion.id === version.id);
  const said = [...(index === 0 ? ['baseline'] : []), ...called.map((alias) => alias.name)].join(
    ', ',
  );
  const moved = (to: number) => {
    const words = [...without];
    words.splice(to, 0, versionWord(version));
    setAnchor(null);
    go(withVersions(params, words));
  };
  return (
    <span className={styles.version}>
      <button
        type="button"
        aria-haspopup="menu"
        aria-label={`${version.title}${index === 0 ? ', baseline' : ''}: change its place`}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <VersionMarker slot={index + 1} /> <b>{name}</b>
        {said !== '' && <span>{said}</span>}
      </button>
      <button
        type="button"
        aria-label={`Remove ${version.title}`}
        disabled={versions.length === 1}
        onClick={() => {
          go(withVersions(params, without));
        }}
      >
        <Icon name="close" size={12} />
      </button>
      {anchor && (
        <LazyMenu
          anchorEl={anchor}
          open
          onClose={() => {
            setAnchor(null);
          }}
        >
          <MenuItem
            disabled={index === 0}
            onClick={() => {
              moved(0);
            }}
          >
            Make it the baseline
          </MenuItem>
          <MenuItem
            disabled={index === 0}
            onClick={() => {
              moved(index - 1);
            }}
          >
            Move to the left
          </MenuItem>
          <MenuItem
            disabled={index === versions.length - 1}
            onClick={() => {
              moved(index + 1);
            }}
          >
            Move to the right
          </MenuItem>
        </LazyMenu>
      )}
    </span>
  );
}

function AddVersion({ names, versions, snapshot, coverage, params, go }: PartProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const others = names.versions.filter(({ id }) => !versions.some((chosen) => chosen.id === id));
  if (others.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className={styles.add}
        aria-haspopup="menu"
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon name="plus" size={14} /> Add version
      </button>
      {anchor && (
        <LazyMenu
          anchorEl={anchor}
          open
          onClose={() => {
            setAnchor(null);
          }}
        >
          {others.map((version) => (
            <MenuItem
              key={version.id}
              onClick={() => {
                setAnchor(null);
                go(withVersions(params, [...versions, version].map(versionWord)));
              }}
            >
              {version.title}
              <span className={styles.menuNote}>
                {formatCount(coverage.get(version.id)?.scored ?? 0)} of{' '}
                {formatCount(snapshot.imageCount)} scored
              </span>
            </MenuItem>
          ))}
        </LazyMenu>
      )}
    </>
  );
}

/** The paper's claim, and the study's own plan, as one click each. */
function ReadyMade({ study, names, coverage, snapshot, versions, go }: Omit<PartProps, 'params'>) {
  const claim = singleTaskClaim(coverage, names.versions);
  const asks = (question: AskedQuestion) => {
    go(questionAddress(question, names));
  };
  const isClaim = claim?.every(({ id }, index) => versions[index]?.id === id) === true;
  const { analysisPlan } = study;
  const planned = analysisPlan && plannedVersions(analysisPlan.rules);
  return (
    <>
      {claim && !isClaim && (
        <button
          type="button"
          className={styles.add}
          title="Yang et al. 2017: one network for masks and scores against one network for each"
          onClick={() => {
            asks({ snapshotId: snapshot.id, modelVersionIds: claim.map(({ id }) => id) });
          }}
        >
          <Icon name="star" size={14} /> Multi-task against single-task
        </button>
      )}
      {analysisPlan && planned && (
        <button
          type="button"
          className={styles.add}
          onClick={() => {
            const { rules } = analysisPlan;
            asks({
              ...rules,
              snapshotId: rules.snapshotId ?? snapshot.id,
              modelVersionIds: planned,
              // A second task would be a second claim, of which the plan says nothing.
              tasks: rules.endpoint === 'AUC' && rules.primaryTask ? [rules.primaryTask] : null,
            });
          }}
        >
          <Icon name="lock" size={14} /> As plan {analysisPlan.version} says
        </button>
      )}
    </>
  );
}

function plannedVersions({
  baselineVersionId,
  candidateVersionIds,
}: NonNullable<CompareStudy['analysisPlan']>['rules']): string[] | undefined {
  const ids = [...(baselineVersionId ? [baselineVersionId] : []), ...(candidateVersionIds ?? [])];
  return ids.length > 1 ? ids : undefined;
}

function CoverageWords({ versions, coverage, snapshot }: CompareBarProps) {
  const isWhole = versions.every(({ id }) => coverage.get(id)?.missing === 0);
  if (!isWhole) return null;
  return (
    <span className={styles.count}>
      <Icon name="check" size={14} /> {formatCount(snapshot.imageCount)} /{' '}
      {formatCount(snapshot.imageCount)} scored by each
    </span>
  );
}
