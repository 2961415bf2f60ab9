declare module 'virtual:theme.css'
declare module '*?worker&url' {
  const url: string
  export default url
}
declare module 'subset-font' {
  /** A font file with only the glyphs that `text` needs. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      targetFormat: 'woff2'
      noHinting?: boolean
      /** A range, or one value for ever. */
      variationAxes?: Record<string, number | { min: number; max: number }>
      /** OpenType features; all where absent. */
      keepFeatures?: string[] | undefined
    },
  ): Promise<Uint8Array>
}
