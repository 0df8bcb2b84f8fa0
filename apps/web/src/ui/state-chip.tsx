import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import styles from './state-chip.module.css';

export type Tone = 'ok' | 'warn' | 'err' | 'info' | 'off';

interface StateChipProps {
  tone: Tone;
  icon: IconName;
  children: ReactNode;
  title?: string;
}

/** A state is an icon, a word and a colour: never the colour alone. */
export function StateChip({ tone, icon, children, title }: StateChipProps) {
  return (
    <span className={`${styles.chip ?? ''} ${styles[tone] ?? ''}`} title={title}>
      <Icon name={icon} size={12} />
      {children}
    </span>
  );
}
