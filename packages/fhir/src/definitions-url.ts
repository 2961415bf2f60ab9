/**
 * Where the pruned R4 definitions lie, from src/ and from dist/ alike. Read it with `fs` in Node, `fetch` in a
 * browser (bundlers see the pattern and emit the file as an asset of its own, loaded when first needed).
 */
export const definitionsUrl: URL = new URL('../generated/r4-definitions.json', import.meta.url)
