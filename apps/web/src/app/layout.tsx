import type { Metadata, Viewport } from 'next';
import InitColorSchemeScript from '@mui/material/InitColorSchemeScript';
import type { ReactNode } from 'react';
import '@/theme/tokens.css';
import '@/theme/global.css';
import { ThemeProvider } from '@/theme/theme-provider';

export const metadata: Metadata = {
  title: { default: 'Lesionwise', template: '%s · Lesionwise' },
  description: 'Dermoscopy-AI studies: images, reference standards, model versions and statistics.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The scheme is set before the first paint by the script, after the server has written this tag.
    <html lang="en" suppressHydrationWarning>
      <body>
        <InitColorSchemeScript attribute="data-theme" defaultMode="system" />
        <ThemeProvider>{children}</ThemeProvider>
      </body>
    </html>
  );
}
