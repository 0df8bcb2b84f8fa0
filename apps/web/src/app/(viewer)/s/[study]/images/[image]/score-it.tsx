'use client';

import Button from '@mui/material/Button';
import type { ViewerImageFragment } from '@/gql/graphql';
import styles from './panel.module.css';
import { useScoreImage } from './use-score-image';
import type { ViewerVersion } from './viewer';

interface ScoreItProps {
  image: ViewerImageFragment;
  version: ViewerVersion;
  mayScore: boolean;
  onScored: () => Promise<unknown>;
}

export function ScoreIt({ image, version, mayScore, onScored }: ScoreItProps) {
  const { score, phase, failure } = useScoreImage(image.id, version.id, onScored);
  const missing = version.hasMask ? 'No mask' : 'No score';
  return (
    <div className={styles.scoreIt}>
      <span role="status">
        {phase === 'idle' && `${missing} from ${version.title} for this image.`}
        {phase === 'waiting' && `${version.title} is scoring this image…`}
        {phase === 'failed' && `${version.title} did not score this image. ${failure ?? ''}`}
      </span>
      {mayScore && (
        <Button size="small" loading={phase === 'waiting'} onClick={() => void score()}>
          {phase === 'failed' ? 'Try again' : 'Score it'}
        </Button>
      )}
    </div>
  );
}
