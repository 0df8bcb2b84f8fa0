'use client';

import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { SortOption } from './sort-options';

interface SortMenuListProps {
  anchor: HTMLElement;
  options: readonly SortOption[];
  current: SortOption | undefined;
  onChoose: (option: SortOption) => void;
  onClose: () => void;
}

export function SortMenuList({ anchor, options, current, onChoose, onClose }: SortMenuListProps) {
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {options.flatMap((option, index) => [
        index > 0 && option.sort.modelVersionId !== options[index - 1]?.sort.modelVersionId && (
          <Divider key={`above ${option.label}`} />
        ),
        <MenuItem
          key={option.label}
          selected={option === current}
          onClick={() => {
            onChoose(option);
          }}
        >
          {option.label}
        </MenuItem>,
      ])}
    </Menu>
  );
}
