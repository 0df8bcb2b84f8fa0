'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { BrandMark } from '@/ui/brand';
import { formatCount } from '@/ui/format';
import { Icon, type IconName } from '@/ui/icon';
import { UserBlock } from '@/ui/user-block';
import styles from './shell-nav.module.css';
import { StudySwitcher, type ShellStudy } from './study-switcher';

export interface ShellNavProps {
  study: ShellStudy & { permissions: { importImages: boolean; seeMembers: boolean } };
  studies: readonly ShellStudy[];
  viewer: { name: string; role: string };
  counts: { patients: number; images: number; cohorts: number; models: number; activeRuns: number };
  /** In the drawer of small screens labels stay, whatever the width of the window. */
  wide?: boolean;
  onNavigate?: () => void;
}

interface Entry {
  href: string;
  icon: IconName;
  label: string;
  count?: number;
}

export function ShellNav({ study, studies, viewer, counts, wide, onNavigate }: ShellNavProps) {
  const base = `/s/${study.slug}`;
  const records: Entry[] = [
    { href: base, icon: 'home', label: 'Overview' },
    { href: `${base}/patients`, icon: 'users', label: 'Patients', count: counts.patients },
    { href: `${base}/images`, icon: 'image', label: 'Images', count: counts.images },
    { href: `${base}/cohorts`, icon: 'layers', label: 'Cohorts', count: counts.cohorts },
    // What a role may not use is not shown at all.
    ...(study.permissions.importImages
      ? [{ href: `${base}/import`, icon: 'upload', label: 'Import' } as const]
      : []),
  ];
  const evaluation: Entry[] = [
    { href: `${base}/models`, icon: 'cube', label: 'Models', count: counts.models },
    { href: `${base}/runs`, icon: 'play', label: 'Runs', count: counts.activeRuns },
    { href: `${base}/compare`, icon: 'chart', label: 'Compare' },
    { href: `${base}/evaluations`, icon: 'lock', label: 'Evaluations' },
    { href: `${base}/plan`, icon: 'log', label: 'Analysis plan' },
    { href: `${base}/planning`, icon: 'search', label: 'Sample size' },
  ];
  const administration: Entry[] = [
    ...(study.permissions.seeMembers
      ? [{ href: `${base}/members`, icon: 'shield', label: 'Members & access' } as const]
      : []),
    { href: '/settings/tokens', icon: 'key', label: 'API & tokens' },
  ];
  return (
    <div className={`${styles.in ?? ''} ${wide ? (styles.wide ?? '') : ''}`}>
      <Link href="/studies" prefetch={false} className={styles.brand}>
        <BrandMark />
        <span>Lesionwise</span>
      </Link>
      <StudySwitcher study={study} studies={studies} role={viewer.role} />
      <nav aria-label="Main" className={styles.nav} onClick={onNavigate}>
        <Entries entries={records} />
        <div className={styles.heading}>Evaluation</div>
        <Entries entries={evaluation} />
        <div className={styles.heading}>Administration</div>
        <Entries entries={administration} />
      </nav>
      <UserBlock name={viewer.name} role={viewer.role} />
    </div>
  );
}

function Entries({ entries }: { entries: Entry[] }) {
  const pathname = usePathname();
  return entries.map(({ href, icon, label, count }) => {
    const isOverview = /^\/s\/[^/]+$/.test(href);
    const isHere = pathname === href || (!isOverview && pathname.startsWith(`${href}/`));
    return (
      <Link
        key={href}
        href={href}
        // Outside the study the frame is another; its code comes when somebody goes there.
        prefetch={href.startsWith('/s/') ? null : false}
        className={styles.entry}
        title={label}
        aria-current={isHere ? 'page' : undefined}
      >
        <Icon name={icon} />
        <span>{label}</span>
        {count !== undefined && count > 0 && <em>{formatCount(count)}</em>}
      </Link>
    );
  });
}
