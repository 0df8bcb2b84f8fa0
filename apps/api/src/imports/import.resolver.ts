import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { studyLoader } from '../studies/study.loader.js';
import { Study } from '../studies/study.type.js';
import { ApplyImportInput, CreateImportInput } from './import.input.js';
import {
  applyImport,
  checkImport,
  createImport,
  discardImport,
  findImport,
  listImports,
  uploadedFiles,
} from './import.service.js';
import { Import, ImportConnection, ImportReport, type ImportRow } from './import.type.js';

@Resolver(() => Import)
export class ImportResolver {
  @Query(() => Import, { nullable: true, description: 'Null when absent or not yours to see.' })
  import(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImportRow | null> {
    return findImport(db, viewer, id);
  }

  @Mutation(() => Import, {
    description: 'For coordinators and ML engineers. Files are then PUT to `uploadUrl`.',
  })
  createImport(
    @Arg('input', () => CreateImportInput) input: CreateImportInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImportRow> {
    return createImport(db, viewer, input);
  }

  @Mutation(() => Import, {
    description: 'Looks at every uploaded file and writes nothing. Follow `state` and `doneCount`.',
  })
  checkImport(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<ImportRow> {
    return checkImport(context, context.viewer, id);
  }

  @Mutation(() => Import, {
    description: 'Writes what the check found: all of it or nothing. Asking twice is harmless.',
  })
  applyImport(
    @Arg('input', () => ApplyImportInput) input: ApplyImportInput,
    @Ctx() context: Context,
  ): Promise<ImportRow> {
    return applyImport(context, context.viewer, input);
  }

  @Mutation(() => Import, { description: 'Forgets the uploaded files.' })
  discardImport(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<ImportRow> {
    return discardImport(context, context.viewer, id);
  }

  @FieldResolver(() => ImportReport, {
    nullable: true,
    description: 'Null until the files have been checked.',
  })
  report(@Root() entry: Import): ImportReport | null {
    return (entry.report ?? null) as ImportReport | null;
  }

  @FieldResolver(() => Int)
  uploadedFiles(@Root() entry: Import, @Ctx() { storage }: Context): Promise<number> {
    return uploadedFiles(storage, entry);
  }

  @FieldResolver(() => User, { nullable: true })
  async createdBy(@Root() entry: Import, @Ctx() context: Context): Promise<User | null> {
    return entry.createdById ? userLoader(context).load(entry.createdById) : null;
  }

  @FieldResolver(() => Study)
  study(@Root() entry: Import, @Ctx() context: Context): Promise<Study> {
    return studyLoader(context).load(entry.studyId);
  }
}

@Resolver(() => Study)
export class StudyImportsResolver {
  @FieldResolver(() => ImportConnection, { description: 'Newest first.' })
  imports(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImportConnection> {
    return listImports(db, viewer, study.id, { first, after });
  }
}
