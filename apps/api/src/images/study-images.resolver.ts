import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { Study } from '../studies/study.type.js';
import { countFacets } from './image-facets.service.js';
import { ImageFilter, ImageSort } from './image-filter.input.js';
import { listImages } from './image-list.service.js';
import { findImageByCode } from './image.service.js';
import { Image, ImageConnection, ImageFacet, type ImageRow } from './image.type.js';

@Resolver(() => Study)
export class StudyImagesResolver {
  @FieldResolver(() => ImageConnection, {
    description: 'By code, unless another order is asked for.',
  })
  images(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Arg('filter', () => ImageFilter, { nullable: true }) filter: ImageFilter | undefined,
    @Arg('sort', () => ImageSort, { nullable: true }) sort: ImageSort | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImageConnection> {
    return listImages(db, viewer, study.id, { first, after, filter, sort });
  }

  @FieldResolver(() => Image, { nullable: true, description: 'Null when absent.' })
  image(
    @Root() study: Study,
    @Arg('code', () => String) code: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImageRow | null> {
    return findImageByCode(db, viewer, study.id, code);
  }

  @FieldResolver(() => [ImageFacet], {
    description: 'How many images each value of a field would give, under the other conditions.',
  })
  imageFacets(
    @Root() study: Study,
    @Arg('filter', () => ImageFilter, { nullable: true }) filter: ImageFilter | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImageFacet[]> {
    return countFacets(db, viewer, study.id, filter);
  }
}
