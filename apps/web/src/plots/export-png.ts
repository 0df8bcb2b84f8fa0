/** Twice the size on screen, so that a plot stays sharp in print. */
const density = 2;

/** The picture of an SVG file's text, as PNG. Only what the text itself holds is drawn. */
export async function pngOf(svgText: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svgText], { type: 'image/svg+xml;charset=utf-8' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * density;
    canvas.height = image.naturalHeight * density;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser has no canvas to draw the plot on.');
    context.scale(density, density);
    context.drawImage(image, 0, 0);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The plot is too large for a PNG in this browser.'));
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
