/** Hands text to the browser as a file. */
export function saveFile(name: string, type: string, text: string) {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** Hands bytes to the browser as a file. */
export function saveBlob(name: string, blob: Blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser reads the address after the click.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 1_000);
}
