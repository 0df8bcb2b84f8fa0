'use client';

import { ThemeProvider as MuiThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { EmotionRegistry } from './emotion-registry';
import { theme } from './theme';

export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <EmotionRegistry>
      <MuiThemeProvider theme={theme} defaultMode="system">
        {children}
      </MuiThemeProvider>
    </EmotionRegistry>
  );
}
