'use client';

import { shortNames } from '@/comparison/comparison-words';
import { withVersions } from '@/comparison/write-address';
import { versionWord } from '@/images/image-list-address';
import { Icon } from '@/ui/icon';
import { LazyChoiceMenu } from '@/ui/overlays';
import { useAnchor } from '@/ui/use-anchor';
import { VersionMarker } from '@/ui/version-marker';
import styles from './compare.module.css';
import type { ComparePart } from './compare-question';
import type { CompareVersion } from './study-names';

interface VersionChipProps extends ComparePart {
  version: CompareVersion;
  index: number;
}

/** Its menu makes it the baseline; no dragging is needed. */
export function VersionChip({ study, versions, version, index, params, go }: VersionChipProps) {
  const { anchor, open, close } = useAnchor();
  const name = shortNames(versions)[index] ?? version.title;
  const without = versions.filter(({ id }) => id !== version.id).map(versionWord);
  const called = study.aliases.filter(({ modelVersion }) => modelVersion.id === version.id);
  const said = [...(index === 0 ? ['baseline'] : []), ...called.map((alias) => alias.name)].join(
    ', ',
  );
  const moveTo = (place: number) => () => {
    go(withVersions(params, without.toSpliced(place, 0, versionWord(version))));
  };
  return (
    <span className={styles.version}>
      <button
        type="button"
        aria-haspopup="menu"
        aria-label={`${version.title}${index === 0 ? ', baseline' : ''}: change its place`}
        onClick={open}
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
        <LazyChoiceMenu
          anchor={anchor}
          choices={[
            {
              key: 'baseline',
              words: 'Make it the baseline',
              isDisabled: index === 0,
              onChoose: moveTo(0),
            },
            {
              key: 'left',
              words: 'Move to the left',
              isDisabled: index === 0,
              onChoose: moveTo(index - 1),
            },
            {
              key: 'right',
              words: 'Move to the right',
              isDisabled: index === versions.length - 1,
              onChoose: moveTo(index + 1),
            },
          ]}
          onClose={close}
        />
      )}
    </span>
  );
}
