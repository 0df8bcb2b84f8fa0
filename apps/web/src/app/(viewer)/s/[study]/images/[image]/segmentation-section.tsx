import type { ViewerImageFragment } from '@/gql/graphql';
import { formatValue } from '@/ui/format';
import styles from './panel.module.css';
import type { ViewerState } from './use-viewer';
import type { ViewerVersion } from './viewer';

export function SegmentationSection({
  image,
  viewer,
}: {
  image: ViewerImageFragment;
  viewer: ViewerState;
}) {
  const versions = viewer.versions.filter((version) => version.hasMask);
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby="segmentation">
      <h2 id="segmentation">Segmentation</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Against the reference</th>
            <th scope="col">Jaccard</th>
            <th scope="col">Dice</th>
            <th scope="col">Area, %</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.id}>
              <td>{version.title}</td>
              <Agreement image={image} version={version} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Agreement({ image, version }: { image: ViewerImageFragment; version: ViewerVersion }) {
  const prediction = image.predictions.find((p) => p.modelVersion.id === version.id);
  if (!prediction?.mask)
    return (
      <td colSpan={3} className={styles.words}>
        {prediction ? 'no mask predicted' : 'not scored'}
      </td>
    );
  const { agreement, mask } = prediction;
  const area = <td>{(mask.areaShare * 100).toFixed(1)}</td>;
  if (!agreement)
    return (
      <>
        <td colSpan={2} className={styles.words}>
          {image.referenceMask ? 'not compared yet' : 'not defined: no reference mask'}
        </td>
        {area}
      </>
    );
  if (typeof agreement.jaccard !== 'number' || typeof agreement.dice !== 'number')
    return (
      <>
        <td colSpan={2} className={styles.words}>
          not defined: both masks are empty
        </td>
        {area}
      </>
    );
  return (
    <>
      <td>
        <b>{formatValue(agreement.jaccard)}</b>
      </td>
      <td>{formatValue(agreement.dice)}</td>
      {area}
    </>
  );
}
