/** Ten rows of a gallery on a wide screen, and a table page that still scrolls lightly. */
export const PAGE_SIZE = 50;
