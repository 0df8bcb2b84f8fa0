import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description: "A lesion drawn by a person (or by construction), at the image's own size.",
})
export class ReferenceMask {
  @Field(() => ID)
  id: string;

  imageId: string;
  authorId?: string | null;

  @Field(() => Int, { description: '1, 2, …; the newest counts.' })
  version: number;

  @Field(() => Int)
  widthPx: number;

  @Field(() => Int)
  heightPx: number;

  @Field(() => Int, { description: 'Pixels inside the lesion.' })
  areaPx: number;

  @Field(() => String, {
    description: 'Why this version replaced the one before; empty for the first.',
  })
  reason: string;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => String, { description: '1-bit PNG, white = lesion. A path on this server.' })
  url(): string {
    return `/masks/reference/${this.id}.png`;
  }
}

/** What a loader hands to the resolvers: a mask without what the type itself derives. */
export type ReferenceMaskRow = Omit<ReferenceMask, 'url'>;
