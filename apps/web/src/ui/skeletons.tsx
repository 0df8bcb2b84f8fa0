import { Card } from './card';
import styles from './skeletons.module.css';

interface BoneProps {
  widthPx?: number;
  heightPx: number;
}

/** Not MUI's: it would bring a style sheet of its own to every page, for a grey bar. */
const Bone = ({ widthPx, heightPx }: BoneProps) => (
  <span className={styles.bone} style={{ width: widthPx, height: heightPx }} />
);

/** Of the final size, so nothing jumps when the rows arrive. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Card>
      <div role="status" aria-label="Loading">
        {Array.from({ length: rows }, (_, row) => (
          <Bone key={row} heightPx={28} />
        ))}
      </div>
    </Card>
  );
}

export function PageSkeleton({ rows }: { rows?: number }) {
  return (
    <>
      <div>
        <Bone widthPx={220} heightPx={24} />
        <Bone widthPx={380} heightPx={14} />
      </div>
      <TableSkeleton {...(rows !== undefined && { rows })} />
    </>
  );
}
