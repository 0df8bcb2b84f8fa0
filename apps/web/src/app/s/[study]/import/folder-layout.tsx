import styles from './import.module.css';

/** The layout of the ISIC challenges, which the importer reads. */
export function FolderLayout() {
  return (
    <dl className={styles.layout}>
      <dt>NAME_Data/</dt>
      <dd>the photographs; a file’s name without its ending is its image id</dd>
      <dt>NAME_Part1_GroundTruth/</dt>
      <dd>masks, ID_segmentation.png: white lesion, as large as the photograph (optional)</dd>
      <dt>NAME_Part3_GroundTruth.csv</dt>
      <dd>columns image_id, melanoma, seborrheic_keratosis (optional)</dd>
      <dt>NAME_Data_metadata.csv</dt>
      <dd>
        columns image_id, and any of age_approximate, sex, patient_id, lesion_id,
        anatom_site_general, fitzpatrick_skin_type (optional)
      </dd>
    </dl>
  );
}
