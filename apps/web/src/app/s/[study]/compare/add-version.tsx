'use client';

import { withVersions } from '@/comparison/write-address';
import { versionWord } from '@/images/image-list-address';
import { formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LazyChoiceMenu } from '@/ui/overlays';
import { Pill } from '@/ui/pill';
import { useAnchor } from '@/ui/use-anchor';
import type { ComparePart } from './compare-question';

/** Every other version, with how much of the snapshot it has scored. */
export function AddVersion({ names, versions, snapshot, coverage, params, go }: ComparePart) {
  const { anchor, open, close } = useAnchor();
  const others = names.versions.filter(({ id }) => !versions.some((chosen) => chosen.id === id));
  if (others.length === 0) return null;
  const scored = (id: string) => formatCount(coverage.get(id)?.scored ?? 0);
  return (
    <>
      <Pill aria-haspopup="menu" onClick={open}>
        <Icon name="plus" size={14} /> Add version
      </Pill>
      {anchor && (
        <LazyChoiceMenu
          anchor={anchor}
          choices={others.map((version) => ({
            key: version.id,
            words: version.title,
            note: `${scored(version.id)} of ${formatCount(snapshot.imageCount)} scored`,
            onChoose: () => {
              go(withVersions(params, [...versions, version].map(versionWord)));
            },
          }))}
          onClose={close}
        />
      )}
    </>
  );
}
