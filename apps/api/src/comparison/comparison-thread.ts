// A thread that computes statistics, so that the process that answers requests goes on answering.
import { parentPort } from 'node:worker_threads';
import { sharingOrders } from '@lesionwise/metrics';
import type { Answers, Job, JobSet } from './comparison-job.type.js';
import { segmentationStatistics } from './segmentation-statistics.js';
import { taskStatistics } from './task-statistics.js';
import { chosenThreshold, versionTaskStatistics } from './version-task-statistics.js';

export interface JobMessage {
  number: number;
  set: JobSet;
  job: Job;
}

export type JobReply =
  { number: number; answer: Answers[Job['kind']] } | { number: number; failure: string };

function answerTo(set: JobSet, job: Job): Answers[Job['kind']] {
  switch (job.kind) {
    case 'threshold':
      return chosenThreshold(set, job);
    case 'task':
      return taskStatistics(set, job);
    case 'version-task':
      return versionTaskStatistics(set, job);
    case 'segmentation':
      return segmentationStatistics(set, job);
  }
}

parentPort?.on('message', ({ number, set, job }: JobMessage) => {
  let reply: JobReply;
  try {
    reply = { number, answer: sharingOrders(() => answerTo(set, job)) };
  } catch (error) {
    // The process that asked throws it on, with the stack of this thread.
    reply = { number, failure: error instanceof Error ? (error.stack ?? '') : String(error) };
  }
  parentPort?.postMessage(reply);
});
