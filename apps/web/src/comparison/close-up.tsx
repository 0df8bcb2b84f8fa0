'use client';

import { CalibrationCard } from './calibration-card';
import { ChangedCallsCard } from './changed-calls-card';
import { ConfusionCard } from './confusion-card';
import styles from './dashboard.module.css';
import { DecisionCard } from './decision-card';
import { DisagreementsCard } from './disagreements-card';
import { OverlapCard } from './overlap-card';
import { PrecisionRecallCard } from './precision-recall-card';
import { SubgroupCard } from './subgroup-card';
import { WhenSeen } from './when-seen';

/** One task and two versions from close by: for whom, how well calibrated, which images change. */
export function CloseUp() {
  return (
    <>
      <div className={`${styles.row ?? ''} ${styles.groups ?? ''}`}>
        <SubgroupCard />
        <CalibrationCard />
        <ChangedCallsCard />
      </div>
      <div className={`${styles.row ?? ''} ${styles.three ?? ''}`}>
        <ConfusionCard />
        <DecisionCard />
        <PrecisionRecallCard />
      </div>
      <WhenSeen heightPx={320}>
        <OverlapCard />
        <DisagreementsCard />
      </WhenSeen>
    </>
  );
}
