import type { SVGProps } from 'react';

// Drawn on a 24 px grid with a 1.75 px line, as in the design. No icon package: these are 3 kB.
const drawings = {
  chart: <path d="M4 20V4M4 20h16M8 16c2-8 5-9 11-10" />,
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5.5l3.5 2" />
    </>
  ),
  close: <path d="M6 6l12 12M18 6L6 18" />,
  code: <path d="M8.5 7L3.5 12l5 5M15.5 7l5 5-5 5" />,
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11.5" height="11.5" rx="1.5" />
      <path d="M15.5 8.5V4h-11.5v11.5h4.5" />
    </>
  ),
  cube: <path d="M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9" />,
  cursor: <path d="M5 4l14 6.5-6 2-2.2 6z" />,
  down: <path d="M6 9.5l6 6 6-6" />,
  download: <path d="M12 4v12M7 11l5 5 5-5M4 20h16" />,
  duplicate: (
    <>
      <circle cx="9" cy="12" r="5.5" />
      <circle cx="15" cy="12" r="5.5" />
    </>
  ),
  error: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.5v5.5M12 16.3v.2" />
    </>
  ),
  eye: (
    <>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  filter: <path d="M4 5h16l-6.2 7.5V19l-3.6-2v-4.5z" />,
  fit: <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />,
  grid: (
    <>
      <rect x="4" y="4" width="6.5" height="6.5" />
      <rect x="13.5" y="4" width="6.5" height="6.5" />
      <rect x="4" y="13.5" width="6.5" height="6.5" />
      <rect x="13.5" y="13.5" width="6.5" height="6.5" />
    </>
  ),
  home: <path d="M3 11l9-7 9 7M5.5 9.5V20h13V9.5" />,
  image: (
    <>
      <rect x="3" y="4" width="18" height="16" rx="2" />
      <circle cx="8.5" cy="9.5" r="1.5" />
      <path d="M21 16l-5-5-9 9" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.5M12 7.6v.2" />
    </>
  ),
  key: (
    <>
      <circle cx="8" cy="15" r="4" />
      <path d="M11 12l9-9M16 7l3 3" />
    </>
  ),
  keyboard: (
    <>
      <rect x="2.5" y="6" width="19" height="12" rx="2" />
      <path d="M6.5 10h.01M10 10h.01M13.5 10h.01M17.5 10h.01M8 14h8" />
    </>
  ),
  layers: <path d="M12 3l9 5-9 5-9-5zM3 13l9 5 9-5" />,
  left: <path d="M14.5 6l-6 6 6 6" />,
  link: (
    <path d="M10 14a4 4 0 005.7 0l3.2-3.2a4 4 0 00-5.7-5.7L12 6.3M14 10a4 4 0 00-5.7 0l-3.2 3.2a4 4 0 005.7 5.7l1.2-1.2" />
  ),
  list: <path d="M4 6h16M4 12h16M4 18h16" />,
  lock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="2" />
      <path d="M8 11V8a4 4 0 018 0v3" />
    </>
  ),
  log: <path d="M5 4h14v16H5zM9 8.5h6M9 12h6M9 15.5h4" />,
  mail: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <path d="M3.5 7l8.5 6 8.5-6" />
    </>
  ),
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  moon: <path d="M20 14.5A8.5 8.5 0 019.5 4a8.5 8.5 0 1010.5 10.5z" />,
  more: <path d="M5 12h.01M12 12h.01M19 12h.01" />,
  pause: <path d="M8.5 5v14M15.5 5v14" />,
  play: <path d="M7 4.5v15l12-7.5z" />,
  plus: <path d="M12 5v14M5 12h14" />,
  refresh: <path d="M19.5 12a7.5 7.5 0 11-2.3-5.4M19.5 4v4h-4" />,
  right: <path d="M9.5 6l6 6-6 6" />,
  screen: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="1.5" />
      <path d="M9 20h6M12 16.5v3.5" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="M16 16l5 5" />
    </>
  ),
  shield: <path d="M12 3l8 3v6c0 4.5-3.3 7.7-8 9-4.7-1.3-8-4.5-8-9V6z" />,
  signout: <path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4" />,
  split: <path d="M12 4v16M4 5h16v14H4z" />,
  star: <path d="M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8z" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="1.5" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4" />
    </>
  ),
  table: (
    <>
      <rect x="3.5" y="4.5" width="17" height="15" rx="1.5" />
      <path d="M3.5 10h17M10 10v9.5" />
    </>
  ),
  up: <path d="M6 14.5l6-6 6 6" />,
  upload: <path d="M12 16V4M7 9l5-5 5 5M4 16v4h16v-4" />,
  users: (
    <>
      <circle cx="9" cy="8" r="3.2" />
      <path d="M3 20c0-3.6 2.6-6 6-6s6 2.4 6 6M16 5.2a3 3 0 010 5.6M17.5 14.4c2.2.8 3.5 2.8 3.5 5.6" />
    </>
  ),
  warning: <path d="M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.2" />,
  zoom: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="M16 16l5 5M8 11h6M11 8v6" />
    </>
  ),
  zoomOut: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="M16 16l5 5M8 11h6" />
    </>
  ),
} as const;

export type IconName = keyof typeof drawings;

interface IconProps extends SVGProps<SVGSVGElement> {
  name: IconName;
  size?: number;
  /** Only where no word stands beside the icon. */
  label?: string;
}

export function Icon({ name, size = 16, label, style, ...rest }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={size <= 12 ? 2.25 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none', verticalAlign: '-0.19em', ...style }}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      {...rest}
    >
      {drawings[name]}
    </svg>
  );
}
