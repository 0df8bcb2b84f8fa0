import type { ImportReport } from './import-plan.js';

const shownExamples = 5;

/** The report for people at a terminal. */
export function reportText(report: ImportReport, isApplied: boolean): string {
  const verb = isApplied ? 'added' : 'to add';
  const lines = [
    `${report.imagesRead} images and ${report.masksRead} masks read.`,
    `${verb}: ${report.imagesToAdd} images, ${report.lesionsToAdd} lesions, ${report.patientsToAdd} patients, ${report.diagnosesToAdd} diagnoses, ${report.masksToAdd} masks`,
    `${report.skipped} in the study already, ${report.duplicates} duplicates, ${report.withError} with an error, ${report.withWarning} with a warning, ${report.withoutMask} without a mask`,
    `metadata removed from ${report.metadataRemoved} images, of which ${report.locationRemoved} told a place`,
    ...report.problems.flatMap((problem) => [
      '',
      `${problem.severity === 'ERROR' ? '✗' : '!'} ${problem.code} (${problem.subject}, ${problem.count}×): ${problem.message}.`,
      `  ${problem.fix}`,
      ...problem.examples.slice(0, shownExamples).map((example) => `  - ${example}`),
      ...(problem.count > shownExamples ? [`  … and ${problem.count - shownExamples} more`] : []),
    ]),
    '',
    isApplied ? 'Everything above was written.' : 'Nothing was written.',
  ];
  return lines.join('\n');
}
