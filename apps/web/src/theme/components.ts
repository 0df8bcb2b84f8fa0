import type { Components, Theme } from '@mui/material/styles';

const control = 32;
const small = 26;

export const components: Components<Theme> = {
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiButton: {
    defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
    styleOverrides: {
      root: {
        height: control,
        minWidth: 0,
        padding: '0 12px',
        gap: 7,
        whiteSpace: 'nowrap',
        borderRadius: 'var(--r2)',
        '&:hover': { textDecoration: 'none' },
      },
      sizeSmall: { height: small, padding: '0 9px', fontSize: 12 },
      outlined: {
        borderColor: 'var(--line)',
        background: 'var(--surface)',
        color: 'var(--text)',
        boxShadow: 'var(--shadow)',
        '&:hover': { background: 'var(--hover)', borderColor: 'var(--line)' },
        '&.MuiButton-colorError': {
          color: 'var(--err)',
          borderColor: 'color-mix(in srgb, var(--err) 40%, var(--line))',
        },
        '&.Mui-disabled': { borderColor: 'var(--line)', color: 'var(--text-3)' },
      },
      text: { color: 'var(--text-2)' },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        width: control,
        height: control,
        padding: 0,
        borderRadius: 'var(--r2)',
        color: 'var(--text-2)',
      },
      sizeSmall: { width: small, height: small },
    },
  },
  MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiDialog: {
    defaultProps: { maxWidth: 'sm', fullWidth: true },
    styleOverrides: {
      paper: {
        borderRadius: 'var(--r3)',
        border: '1px solid var(--line)',
        boxShadow: 'var(--shadow-pop)',
      },
    },
  },
  MuiDialogTitle: {
    styleOverrides: { root: { fontSize: 16, fontWeight: 600, padding: '20px 20px 4px' } },
  },
  MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px 20px' } } },
  MuiMenu: {
    styleOverrides: {
      paper: {
        borderRadius: 'var(--r3)',
        border: '1px solid var(--line)',
        boxShadow: 'var(--shadow-pop)',
      },
      list: { padding: 6 },
    },
  },
  MuiMenuItem: {
    styleOverrides: {
      root: { minHeight: 30, padding: '4px 9px', gap: 9, fontSize: 13, borderRadius: 'var(--r1)' },
    },
  },
  MuiTooltip: {
    defaultProps: { enterDelay: 400 },
    styleOverrides: {
      tooltip: { background: 'var(--notice)', color: 'var(--notice-text)', fontSize: 12 },
    },
  },
  MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
  MuiOutlinedInput: {
    styleOverrides: {
      root: {
        fontSize: 13,
        background: 'var(--surface)',
        '&:not(.Mui-disabled) .MuiOutlinedInput-notchedOutline': {
          borderColor: 'var(--line-strong)',
        },
        '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--primary)' },
        '&.Mui-error .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--err)' },
      },
      // The ring of the whole field is enough; a second one inside would be drawn by :focus-visible.
      input: { outline: 'none !important' },
    },
  },
  MuiInputLabel: { styleOverrides: { root: { fontSize: 13 } } },
  MuiFormHelperText: { styleOverrides: { root: { marginLeft: 0, fontSize: 12 } } },
  MuiCheckbox: { styleOverrides: { root: { padding: 4, color: 'var(--line-strong)' } } },
  MuiRadio: { styleOverrides: { root: { padding: 4, color: 'var(--line-strong)' } } },
  MuiTableCell: {
    styleOverrides: {
      root: {
        height: 'var(--row)',
        padding: '0 10px',
        fontSize: 13,
        borderBottomColor: 'var(--line)',
        // On a phone a table scrolls; squeezed, its words would stand one below the other.
        '@media (width < 900px)': { minWidth: 64 },
        '&:first-of-type': { paddingLeft: 16 },
        '&:last-of-type': { paddingRight: 16 },
      },
      head: {
        height: 34,
        fontSize: 11,
        fontWeight: 600,
        color: 'var(--text-3)',
        whiteSpace: 'nowrap',
        background: 'var(--surface)',
      },
    },
  },
  MuiTableRow: {
    styleOverrides: {
      root: {
        'tbody &:hover > td': { background: 'var(--hover)' },
        '&.Mui-selected > td, tbody &.Mui-selected:hover > td': { background: 'var(--selected)' },
        'tbody &:last-child > td': { borderBottom: 0 },
      },
    },
  },
  MuiTableSortLabel: { styleOverrides: { root: { fontSize: 11 } } },
};
