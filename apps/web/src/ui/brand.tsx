/** The mark and the name. */
export function Brand({ size = 22 }: { size?: number }) {
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 9,
        fontWeight: 650,
        fontSize: 15,
        letterSpacing: '-0.015em',
        color: 'var(--text)',
      }}
    >
      <BrandMark size={size} />
      Lesionwise
    </span>
  );
}

export function BrandMark({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden style={{ flex: 'none' }}>
      <path
        d="M12 2.2c4.8-.6 9.3 2.6 9.8 7.6.6 5.6-2.6 11.3-8.6 12C7 22.4 2.3 18 2.1 12.3 1.9 7.1 6.2 2.9 12 2.2z"
        fill="var(--primary)"
      />
      <path
        d="M12.3 7.2c2.7-.3 4.6 1.6 4.7 4 .2 3-1.7 5.5-4.6 5.7-3 .2-5.3-1.8-5.4-4.6-.1-2.6 2.2-4.8 5.3-5.1z"
        fill="none"
        stroke="var(--on-primary)"
        strokeWidth={1.6}
        strokeDasharray="3.2 1.7"
      />
    </svg>
  );
}
