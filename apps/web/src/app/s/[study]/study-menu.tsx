'use client';

import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Link from 'next/link';
import type { ShellStudy } from './study-switcher';

interface StudyMenuProps {
  anchor: HTMLElement;
  study: ShellStudy;
  studies: readonly ShellStudy[];
  onClose: () => void;
}

export function StudyMenu({ anchor, study, studies, onClose }: StudyMenuProps) {
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {studies.map((one) => (
        <MenuItem
          key={one.slug}
          component={Link}
          href={`/s/${one.slug}`}
          selected={one.slug === study.slug}
          onClick={onClose}
        >
          {one.name}
        </MenuItem>
      ))}
      <Divider />
      <MenuItem component={Link} href="/studies" prefetch={false} onClick={onClose}>
        All studies
      </MenuItem>
    </Menu>
  );
}
