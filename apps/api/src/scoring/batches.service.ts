import {
  DeviceOutOfMemoryError,
  ModelHungError,
  ModelPackageError,
  type ModelSession,
  type Prediction,
} from '@lesionwise/model';

/** What the network says of one image, and its share of the time that the device took. */
export interface Asked {
  answer: Prediction;
  ms: number;
}

/** The network hangs, and what this image has to do with it. */
export class HungBatchError extends ModelHungError {
  /** @param part `CULPRIT`: it worked on this image alone; `SUSPECT`: on this one among others */
  constructor(
    seconds: number,
    readonly part: 'CULPRIT' | 'SUSPECT' | 'BYSTANDER',
  ) {
    super(seconds);
  }
}

export interface BatchOptions {
  /** Images that one pass takes at most. */
  size: number;
  answerWithinMs: number;
}

export interface Batches {
  /**
   * One image's answer. Urgent ones go before all that wait; one that goes alone shares its pass with none.
   *
   * @throws ModelPackageError where the network fails on this image by itself, HungBatchError, and whatever
   *   else the session throws
   */
  ask: (pixels: Uint8Array, options?: { isUrgent?: boolean; isAlone?: boolean }) => Promise<Asked>;
  /** Images that one pass takes now: fewer than at first where memory ran out. */
  readonly size: number;
  readonly isHung: boolean;
}

/** Batches that a session is given at once: while it answers one, the next lies ready in its thread. */
const underwayPerSession = 2;

interface Question {
  pixels: Uint8Array;
  /** A batch it was in failed, and the fault must be told from its neighbours. */
  isAlone: boolean;
  resolve: (asked: Asked) => void;
  reject: (error: unknown) => void;
}

interface Lane {
  session: ModelSession<string>;
  underway: Question[][];
  /** When it last answered, or was given something after it had nothing. */
  since: number;
  alarm: NodeJS.Timeout | undefined;
}

/**
 * Shares images out among the sessions of one model version: in batches, those that wait longest first,
 * urgent ones before all. It holds no more than is in the hands of those who ask.
 */
export function createBatches(
  sessions: readonly ModelSession<string>[],
  { size: mostAtFirst, answerWithinMs }: BatchOptions,
): Batches {
  const waiting: Question[] = [];
  const lanes = sessions.map<Lane>((session) => ({
    ...{ session, underway: [], since: 0, alarm: undefined },
  }));
  let size = mostAtFirst;
  let isHung = false;

  const watch = (lane: Lane) => {
    clearTimeout(lane.alarm);
    lane.alarm = undefined;
    if (lane.underway.length === 0 || isHung) return;
    lane.alarm = setTimeout(giveUp, lane.since + answerWithinMs - performance.now(), lane);
  };
  const giveUp = (hung: Lane) => {
    isHung = true;
    const seconds = answerWithinMs / 1000;
    // Only its oldest batch was being worked on; all the others are bystanders.
    const [suspects = []] = hung.underway;
    const part = suspects.length === 1 ? 'CULPRIT' : 'SUSPECT';
    for (const { reject } of suspects) reject(new HungBatchError(seconds, part));
    const rest = [...lanes.flatMap(({ underway }) => underway.flat()), ...waiting.splice(0)];
    for (const { reject } of rest) reject(new HungBatchError(seconds, 'BYSTANDER'));
    for (const lane of lanes) clearTimeout(lane.alarm);
  };
  const takeBatch = (): Question[] => {
    const count = waiting.findIndex(({ isAlone }) => isAlone);
    return waiting.splice(0, count === 0 ? 1 : Math.min(size, count < 0 ? size : count));
  };
  const pump = () => {
    while (waiting.length > 0 && !isHung) {
      const lane = lanes.reduce((a, b) => (b.underway.length < a.underway.length ? b : a));
      if (lane.underway.length >= underwayPerSession) return;
      void send(lane, takeBatch());
    }
  };
  const again = (batch: Question[], isAlone: boolean) => {
    waiting.unshift(...batch.map((question) => ({ ...question, isAlone })));
  };
  const send = async (lane: Lane, batch: Question[]) => {
    if (lane.underway.length === 0) lane.since = performance.now();
    lane.underway.push(batch);
    watch(lane);
    try {
      const answers = await lane.session.predict(batch.map(({ pixels }) => pixels));
      const ms = (performance.now() - lane.since) / batch.length;
      batch.forEach(({ resolve }, i) => {
        resolve({ answer: answers[i]!, ms });
      });
    } catch (error) {
      if (batch.length > 1 && error instanceof DeviceOutOfMemoryError) {
        size = Math.max(1, Math.min(size, Math.floor(batch.length / 2)));
        again(batch, false);
      } else if (batch.length > 1 && error instanceof ModelPackageError) {
        again(batch, true);
      } else {
        for (const { reject } of batch) reject(error);
      }
    } finally {
      lane.underway.splice(lane.underway.indexOf(batch), 1);
      lane.since = performance.now();
      watch(lane);
      pump();
    }
  };

  return {
    ask: (pixels, { isUrgent = false, isAlone = false } = {}) =>
      new Promise((resolve, reject) => {
        if (isHung) {
          reject(new HungBatchError(answerWithinMs / 1000, 'BYSTANDER'));
          return;
        }
        const question = { pixels, isAlone, resolve, reject };
        if (isUrgent) waiting.unshift(question);
        else waiting.push(question);
        pump();
      }),
    get size() {
      return size;
    },
    get isHung() {
      return isHung;
    },
  };
}
