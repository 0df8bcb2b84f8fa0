import Skeleton from '@mui/material/Skeleton';
import { Card } from './card';

/** Of the final size, so nothing jumps when the rows arrive. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Card>
      <div role="status" aria-label="Loading">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={36} />
        ))}
      </div>
    </Card>
  );
}

export function PageSkeleton({ rows }: { rows?: number }) {
  return (
    <>
      <div>
        <Skeleton width={220} height={28} />
        <Skeleton width={380} height={18} />
      </div>
      <TableSkeleton rows={rows} />
    </>
  );
}
