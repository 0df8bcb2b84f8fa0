const raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** A difference that may be smaller than any decimals show: `0`, `0.012`, `6.0 × 10⁻⁸`. */
export function formatTiny(value: number): string {
  if (value === 0) return '0';
  if (value >= 0.001) return value.toFixed(3);
  const [digits, exponent] = value.toExponential(1).split('e-');
  const power = exponent?.replaceAll(/\d/g, (digit) => raised[Number(digit)] ?? '') ?? '';
  return `${digits ?? ''} × 10⁻${power}`;
}
