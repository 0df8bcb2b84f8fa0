import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import { listWorkers } from './worker-presence.service.js';
import { Worker, WorkerSession } from './worker.type.js';

@Resolver(() => Worker)
export class WorkerResolver {
  @Query(() => [Worker], {
    description: 'Workers that live, for who may run inference in some study; empty for others.',
  })
  workers(@Ctx() { db, viewer }: Context): Promise<Worker[]> {
    return listWorkers(db, viewer);
  }
}

@Resolver(() => WorkerSession)
export class WorkerSessionResolver {
  @FieldResolver(() => ModelVersion, { description: 'The version that is ready to answer.' })
  modelVersion(@Root() session: WorkerSession, @Ctx() context: Context): Promise<ModelVersion> {
    return modelVersionLoader(context).load(session.modelVersionId);
  }
}
