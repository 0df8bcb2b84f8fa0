import type { RemoteAccess } from '@lesionwise/model';
import type { Database } from './db.js';
import type { Logger } from './logger.js';
import type { Queue } from './queue.js';
import type { Storage } from './storage.js';

/** Who asks. Every read and write is written for a viewer. */
export interface Viewer {
  id: string;
  isAdmin: boolean;
  /** False for a script whose token may only read. */
  mayWrite: boolean;
  /** The studies that a script's token is limited to, whatever its owner sees; absent for no limit. */
  studyIds?: readonly string[];
}

/** What the processes share: opened once, closed at the end. */
export interface Services {
  db: Database;
  storage: Storage;
  queue: Queue;
  logger: Logger;
}

/** Of those who ask inference engines elsewhere: which may be asked, and with what token. */
export interface EngineServices {
  engines: RemoteAccess;
}

/** One request. `viewer` is present in every resolver but `Query.viewer`: the schema's guard sees to it. */
export interface Context extends Services, EngineServices {
  viewer: Viewer;
  isSignedIn: boolean;
  requestId: string;
}

/** Stands for nobody: sees no study, and is stopped by the guard before any resolver. */
export const nobody: Viewer = {
  id: '00000000-0000-0000-0000-000000000000',
  isAdmin: false,
  mayWrite: false,
};
