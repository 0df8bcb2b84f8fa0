import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { lesionLoader } from '../patients/lesion.loader.js';
import { Lesion } from '../patients/lesion.type.js';
import { studyLoader } from '../studies/study.loader.js';
import { Study } from '../studies/study.type.js';
import { imagesOfLesionLoader, referenceMaskLoader } from './image.loader.js';
import { findImage, updateImage } from './image.service.js';
import { Image, ImageConnection, type ImageRow } from './image.type.js';
import { ReferenceMask, type ReferenceMaskRow } from './reference-mask.type.js';
import { UpdateImageInput } from './update-image.input.js';

@Resolver(() => Image)
export class ImageResolver {
  @Query(() => Image, { nullable: true, description: 'Null when absent or not yours to see.' })
  image(@Arg('id', () => ID) id: string, @Ctx() { db, viewer }: Context): Promise<ImageRow | null> {
    return findImage(db, viewer, id);
  }

  @Mutation(() => Image, {
    description:
      'For coordinators. A CONFLICT names the values that stand now in `extensions.stored`.',
  })
  updateImage(
    @Arg('input', () => UpdateImageInput) input: UpdateImageInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImageRow> {
    return updateImage(db, viewer, input);
  }

  @FieldResolver(() => Study)
  study(@Root() image: Image, @Ctx() context: Context): Promise<Study> {
    return studyLoader(context).load(image.studyId);
  }

  @FieldResolver(() => Lesion)
  lesion(@Root() image: Image, @Ctx() context: Context): Promise<Lesion> {
    return lesionLoader(context).load(image.lesionId);
  }

  @FieldResolver(() => ReferenceMask, {
    nullable: true,
    description: 'The reference mask that counts now.',
  })
  referenceMask(@Root() image: Image, @Ctx() context: Context): Promise<ReferenceMaskRow | null> {
    return referenceMaskLoader(context).load(image.id);
  }
}

@Resolver(() => ReferenceMask)
export class ReferenceMaskResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Null when nobody signed in wrote it.',
  })
  async author(@Root() mask: ReferenceMask, @Ctx() context: Context): Promise<User | null> {
    return mask.authorId ? userLoader(context).load(mask.authorId) : null;
  }
}

@Resolver(() => ImageConnection)
export class ImageConnectionResolver {
  @FieldResolver(() => Int, {
    description: 'Of how many patients all the images are. Counted only when asked for.',
  })
  patientCount(@Root() connection: ImageConnection): Promise<number> {
    return connection.countPatients();
  }
}

@Resolver(() => Lesion)
export class LesionImagesResolver {
  @FieldResolver(() => [Image], { description: 'By code.' })
  images(@Root() lesion: Lesion, @Ctx() context: Context): Promise<ImageRow[]> {
    return imagesOfLesionLoader(context).load(lesion.id);
  }
}
