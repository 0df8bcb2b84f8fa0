import { formatCount } from '@/ui/format';

interface Counts {
  sameFile: number;
  sameCode: number;
  sameLesion: number;
  samePatient: number;
}

/** "2 the same file, 1 another image of the patient", without the kinds that do not occur. */
export const overlapWords = ({ sameFile, sameCode, sameLesion, samePatient }: Counts) =>
  (
    [
      [sameFile, 'by the same file'],
      [sameCode, 'by the same public name'],
      [sameLesion, 'by the same lesion'],
      [samePatient, 'by the same patient'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${formatCount(count)} ${words}`)
    .join(', ');
