'use client';

// MUI takes a link as a prop, and only a client module's export may cross from a server component.
export { default as Link } from 'next/link';
