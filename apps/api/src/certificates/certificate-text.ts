import type { CertificateFacts } from './certificate.service.js';
import type { DeviceComparison } from './certificate.type.js';

/** What the command prints: the measurement, and in the last lines what it means. */
export function certificateText(
  report: CertificateFacts & { model: string; certificateId: string | null },
): string {
  const { model, imageCount, images, machine, repetition, devices } = report;
  return [
    `${model} on ${imageCount} ${images}, ${machine.processor} (${machine.system}), ${machine.runtime}`,
    ...deviceWords('cpu again', repetition),
    ...devices.flatMap((comparison) => deviceWords(comparison.device, comparison)),
    report.passed
      ? `Certified: no call changes at ${report.threshold}, and no AUC or rank that could be told.`
      : 'Not certified: the devices do not give the same study results.',
    report.certificateId === null
      ? 'The version is not registered here, so the certificate was not kept.'
      : `Kept with the version as ${report.certificateId}.`,
  ].join('\n');
}

function deviceWords(title: string, { tasks, mask, msPerImage, passed }: DeviceComparison) {
  const small = (value: number) => (value === 0 ? '0' : value.toExponential(1));
  return [
    `${title}: ${passed ? 'passed' : 'FAILED'}, ${msPerImage.toFixed(0)} ms per image`,
    ...tasks.map(
      (shift) =>
        `  ${shift.task}: scores move by ${small(shift.median)} (median), ${small(shift.q99)} (99 %), ` +
        `${small(shift.largest)} (most); ${shift.callsChanged} calls and ${shift.ranksChanged} ranks change` +
        (shift.auc === null || shift.referenceAuc === null
          ? ''
          : `; AUC ${shift.referenceAuc.toFixed(4)} and ${shift.auc.toFixed(4)}`),
    ),
    ...(mask
      ? [
          `  masks: probabilities move by ${small(mask.median)} (median), ${small(mask.largest)} (most); ` +
            `${mask.pixelsChanged} of ${mask.pixelsCompared} pixels change, in ${mask.masksChanged} masks`,
        ]
      : []),
  ];
}
