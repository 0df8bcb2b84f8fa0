/**
 * What a standard error takes to be independent. Where patients have several images, anything that
 * says `independent-images` is to be labelled so on screen.
 */
export type Assumption = 'independent-images' | 'independent-patients';
