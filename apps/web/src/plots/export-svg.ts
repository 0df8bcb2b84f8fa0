const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

const captionHeight = 24;

/**
 * A plot as a file of its own: what style sheets gave it is written into it, on a white or dark ground
 * as on screen, with a line that says which snapshot it shows.
 */
export function exportSvg(svg: SVGSVGElement, caption: string): string {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, index) => {
    const original = originals[index];
    if (!original) return;
    const style = getComputedStyle(original);
    for (const property of drawn) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute('class');
    element.removeAttribute('style');
  });
  copy.querySelectorAll('[data-hover]').forEach((element) => {
    element.remove();
  });

  const ground = getComputedStyle(document.documentElement);
  const full = height + captionHeight;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(full));
  copy.setAttribute('viewBox', `0 0 ${width} ${full}`);
  copy.removeAttribute('class');
  copy.removeAttribute('tabindex');
  copy.prepend(
    element('rect', { width, height: full, fill: ground.getPropertyValue('--surface') }),
  );
  const line = element('text', {
    x: 8,
    y: height + 16,
    'font-size': 11,
    'font-family': 'sans-serif',
    fill: ground.getPropertyValue('--text-2'),
  });
  line.textContent = caption;
  copy.append(line);
  return new XMLSerializer().serializeToString(copy);
}

function element(name: string, attributes: Record<string, string | number>) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
