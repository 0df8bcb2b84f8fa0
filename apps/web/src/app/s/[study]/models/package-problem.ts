/** Why chosen files cannot be a package, before anything is sent; nothing where they can. A card is optional. */
export function packageProblem(names: readonly string[]): string | undefined {
  const missing = [
    names.includes('manifest.json') ? undefined : 'manifest.json',
    names.some((name) => name.toLowerCase().endsWith('.onnx')) ? undefined : 'the ONNX file',
  ].filter((name) => name !== undefined);
  if (missing.length === 0) return undefined;
  return `Choose all files of the package at once: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing.`;
}
