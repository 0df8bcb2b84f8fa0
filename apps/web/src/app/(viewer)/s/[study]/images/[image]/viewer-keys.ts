/** The keys of the viewer in words; those with a short form stand under the image too. */
export const viewerKeys: { keys: string[]; short?: string; words: string }[] = [
  { keys: ['←', '→'], short: 'image', words: 'previous and next image, also K and J' },
  { keys: ['H'], short: 'hide outlines', words: 'hide outlines; hold it to peek' },
  { keys: ['[', ']'], short: 'opacity', words: 'outlines fainter and stronger' },
  { keys: ['O'], short: 'outline / fill', words: 'outline or fill' },
  {
    keys: ['1', '2', '3'],
    short: 'one layer',
    words: 'reference, first and second version on or off',
  },
  { keys: ['+', '−'], short: 'zoom', words: 'zoom in and out' },
  { keys: ['F'], short: 'fit', words: 'fit the image to the window, also 0' },
  { keys: ['Shift', '←', '↑'], words: 'move the enlarged image; or drag it' },
  { keys: ['?'], words: 'this list' },
  { keys: ['Esc'], words: 'close this list' },
];
