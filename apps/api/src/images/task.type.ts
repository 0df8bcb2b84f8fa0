import { registerEnumType } from 'type-graphql';

/** The yes/no questions that a model version may answer; the values are those of manifests and of the table Score. */
export const Task = {
  MELANOMA: 'melanoma',
  SEBORRHEIC_KERATOSIS: 'seborrheic_keratosis',
} as const;
export type Task = (typeof Task)[keyof typeof Task];

/** In the order in which they are shown. */
export const tasks: readonly Task[] = [Task.MELANOMA, Task.SEBORRHEIC_KERATOSIS];

registerEnumType(Task, {
  name: 'Task',
  description: 'A yes/no question; its reference label is derived from the reference diagnosis.',
  valuesConfig: {
    MELANOMA: { description: 'Is the lesion a melanoma?' },
    SEBORRHEIC_KERATOSIS: { description: 'Is the lesion a seborrheic keratosis?' },
  },
});
