'use client';

import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { ReactNode } from 'react';
import styles from './choice-menu.module.css';

export interface Choice {
  key: string;
  words: ReactNode;
  /** At the right edge, in a quieter voice. */
  note?: string;
  isChosen?: boolean;
  isDisabled?: boolean;
  /** A choice that leads to a page or a file. */
  href?: string;
  onChoose?: () => void;
}

interface ChoiceMenuProps {
  anchor: HTMLElement;
  choices: readonly Choice[];
  onClose: () => void;
}

/** A menu under the button that opened it; it closes when something is chosen. */
export function ChoiceMenu({ anchor, choices, onClose }: ChoiceMenuProps) {
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {choices.map(({ key, words, note, isChosen, isDisabled, href, onChoose }) => (
        <MenuItem
          key={key}
          {...(href !== undefined && { component: 'a', href })}
          selected={isChosen === true}
          disabled={isDisabled === true}
          onClick={() => {
            onClose();
            onChoose?.();
          }}
        >
          {words}
          {note !== undefined && <span className={styles.note}>{note}</span>}
        </MenuItem>
      ))}
    </Menu>
  );
}
