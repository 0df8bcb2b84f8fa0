'use client';

import dynamic from 'next/dynamic';

// Nobody sees an overlay before opening one, so its code comes then and not with the page. Render them
// only while they are open: a closed one would load all the same.
export const LazyDrawer = dynamic(() => import('@mui/material/Drawer'), { ssr: false });
export const LazyChoiceMenu = dynamic(async () => (await import('./choice-menu')).ChoiceMenu, {
  ssr: false,
});
export const LazySnackbar = dynamic(() => import('@mui/material/Snackbar'), { ssr: false });
