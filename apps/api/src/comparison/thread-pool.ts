import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AnswerTo, Job, JobSet } from './comparison-job.type.js';
import type { JobMessage, JobReply } from './comparison-thread.js';

/** More would wait for memory, and leave none for other requests. */
const mostThreads = 4;

interface Waiting {
  message: JobMessage;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** Threads that compute statistics: started when first needed, kept, and no reason to keep a process alive. */
class ThreadPool {
  #idle: Worker[] = [];
  #started = 0;
  #waiting: Waiting[] = [];
  #number = 0;

  run<J extends Job>(set: JobSet, job: J): Promise<AnswerTo<J>> {
    return new Promise<AnswerTo<J>>((resolve, reject) => {
      this.#number += 1;
      this.#waiting.push({
        message: { number: this.#number, set, job },
        resolve: (answer) => {
          resolve(answer as AnswerTo<J>);
        },
        reject,
      });
      this.#next();
    });
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? this.#start();
    if (!worker) return;
    const task = this.#waiting.shift()!;
    const settle = (end: () => void) => {
      // By name: all at once would take the worker's own listeners with them, and it falls silent.
      worker.off('message', answered).off('error', lost).off('exit', lost);
      end();
      this.#next();
    };
    const answered = (reply: JobReply) => {
      settle(() => {
        worker.unref();
        this.#idle.push(worker);
        if ('failure' in reply) task.reject(new Error(`a statistic failed: ${reply.failure}`));
        else task.resolve(reply.answer);
      });
    };
    // A thread that ends took its job with it; another one is started for the next.
    const lost = (error: unknown) => {
      settle(() => {
        this.#started -= 1;
        task.reject(new Error('a thread for statistics ended', { cause: error }));
      });
    };
    worker.on('message', answered).on('error', lost).on('exit', lost);
    worker.ref();
    worker.postMessage(task.message);
  }

  #start(): Worker | undefined {
    if (this.#started >= Math.min(mostThreads, availableParallelism())) return undefined;
    this.#started += 1;
    // By way of dist, so that tests running from src start the same compiled thread as the product.
    return new Worker(new URL('../../dist/comparison/comparison-thread.js', import.meta.url), {
      name: 'statistics',
      // Statistics make large arrays and drop them: with the usual few megabytes a third of the time
      // went into clearing up after them.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    });
  }
}

const pool = new ThreadPool();

/** Computes one part of a comparison on a thread. */
export const computeOnThread = <J extends Job>(set: JobSet, job: J): Promise<AnswerTo<J>> =>
  pool.run(set, job);
