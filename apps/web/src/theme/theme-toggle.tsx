'use client';

import IconButton from '@mui/material/IconButton';
import { useColorScheme } from '@mui/material/styles';
import { Icon } from '@/ui/icon';
import { Tip } from '@/ui/tip';

const steps = {
  system: { next: 'light', icon: 'screen', title: 'Colours follow the system' },
  light: { next: 'dark', icon: 'sun', title: 'Light colours' },
  dark: { next: 'system', icon: 'moon', title: 'Dark colours' },
} as const;

/** System, light, dark, and round again. */
export function ThemeToggle() {
  const { mode, setMode } = useColorScheme();
  // The server does not know the stored choice.
  const { next, icon, title } = steps[mode ?? 'system'];
  return (
    <Tip align="end" title={`${title}. Change to ${next}`}>
      <IconButton
        size="small"
        aria-label={`${title}. Change to ${next}`}
        onClick={() => {
          setMode(next);
        }}
      >
        <Icon name={icon} />
      </IconButton>
    </Tip>
  );
}
