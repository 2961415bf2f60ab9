/** Bytes of one signed paper at most. Apart, so that a page can name the limit without loading the schemas. */
export const PAPER_BYTES = 5 * 1024 * 1024
