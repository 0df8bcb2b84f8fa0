import { createTheme, type ThemeOptions } from '@mui/material/styles';
import { components } from './components';

// Both schemes name the same custom properties: tokens.css gives them their light and dark values.
const palette = {
  primary: {
    main: 'var(--primary)',
    dark: 'var(--primary-hover)',
    light: 'var(--primary-soft)',
    contrastText: 'var(--on-primary)',
  },
  secondary: {
    main: 'var(--text-2)',
    dark: 'var(--text)',
    light: 'var(--subtle)',
    contrastText: 'var(--surface)',
  },
  success: status('ok'),
  warning: status('warn'),
  error: status('err'),
  info: status('info'),
  background: { default: 'var(--bg)', paper: 'var(--surface)' },
  text: { primary: 'var(--text)', secondary: 'var(--text-2)', disabled: 'var(--text-3)' },
  divider: 'var(--line)',
  action: { hover: 'var(--hover)', selected: 'var(--selected)', active: 'var(--text-2)' },
} satisfies ThemeOptions['palette'];

function status(name: 'ok' | 'warn' | 'err' | 'info') {
  return {
    main: `var(--${name})`,
    dark: `var(--${name})`,
    light: `var(--${name}-soft)`,
    contrastText: 'var(--surface)',
  };
}

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme', nativeColor: true },
  colorSchemes: { light: { palette }, dark: { palette } },
  spacing: 4,
  shape: { borderRadius: 6 },
  breakpoints: { values: { xs: 0, sm: 600, md: 900, lg: 1200, xl: 1536 } },
  typography: {
    fontFamily: 'var(--font)',
    fontSize: 13,
    h1: { fontSize: 18, fontWeight: 600, letterSpacing: '-0.01em', lineHeight: 1.3 },
    h2: { fontSize: 14, fontWeight: 600, lineHeight: 1.35 },
    body1: { fontSize: 13, lineHeight: 1.45 },
    body2: { fontSize: 13, lineHeight: 1.45 },
    caption: { fontSize: 12 },
    button: { fontSize: 13, fontWeight: 500, textTransform: 'none', lineHeight: 1 },
  },
  components,
});
