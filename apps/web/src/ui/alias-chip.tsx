import { StateChip } from './state-chip';

/** What the study calls a version: a word and an icon, the champion with a star. */
export function AliasChip({ name }: { name: string }) {
  if (name === 'champion')
    return (
      <StateChip tone="ok" icon="star">
        champion
      </StateChip>
    );
  return (
    <StateChip tone={name === 'candidate' ? 'info' : 'off'} icon="key">
      {name}
    </StateChip>
  );
}

export interface GivenAlias {
  name: string;
  modelVersion: { id: string };
}

/** The names of one version, as the study gave them. */
export function AliasChips({ aliases, of }: { aliases: readonly GivenAlias[]; of: string }) {
  return aliases
    .filter(({ modelVersion }) => modelVersion.id === of)
    .map(({ name }) => <AliasChip key={name} name={name} />);
}
