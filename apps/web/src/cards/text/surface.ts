export type Surface = {
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D
  toPng(): Promise<Uint8Array>
}

/** Something to draw on, in a page or a Worker; undefined where there is none (Node). */
export function makeSurface(width: number, height: number): Surface | undefined {
  const wide = Math.max(1, Math.ceil(width))
  const high = Math.max(1, Math.ceil(height))
  if (typeof OffscreenCanvas === 'function') {
    const canvas = new OffscreenCanvas(wide, high)
    const context = canvas.getContext('2d')
    if (context !== null)
      return { context, toPng: async () => bytesOf(await canvas.convertToBlob({ type: 'image/png' })) }
  }
  if (typeof document === 'undefined') return undefined
  const canvas = document.createElement('canvas')
  canvas.width = wide
  canvas.height = high
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  const toBlob = () => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return { context, toPng: async () => bytesOf(await toBlob()) }
}

async function bytesOf(blob: Blob | null): Promise<Uint8Array> {
  if (blob === null)
    throw new Error('This browser could not make the picture. Try again with fewer windows open.')
  return new Uint8Array(await blob.arrayBuffer())
}

/**
 * Whether pictures come out as drawn. Browsers set to resist fingerprinting (Tor, Firefox, Brave) give noise instead of what
 * was drawn, and a QR code of noise is a card that does not open.
 */
export function drawsFaithfully(): boolean {
  const surface = makeSurface(16, 16)
  if (surface === undefined) return false
  const { context } = surface
  for (let i = 0; i < 16; i++) {
    context.fillStyle = i % 2 === 0 ? '#000000' : '#ffffff'
    context.fillRect(i, 0, 1, 16)
  }
  const { data } = context.getImageData(0, 0, 16, 16)
  return data.every((value, i) => i % 4 === 3 || Math.abs(value - ((i >> 2) % 2 === 0 ? 0 : 255)) < 32)
}
