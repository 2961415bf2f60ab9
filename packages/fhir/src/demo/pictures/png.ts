import { concatBytes, utf8Bytes } from '@curo/crypto/bytes'

/** Pixels to draw on: width × height, each of three bytes (RGB), from the top left. */
export class Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint8Array(width * height * 3)
  }

  /** Colours every pixel by a function of its place; values outside 0–255 are cut. */
  paint(colour: (x: number, y: number) => readonly [number, number, number]): void {
    for (let y = 0, at = 0; y < this.height; y++)
      for (let x = 0; x < this.width; x++) for (const value of colour(x, y)) this.pixels[at++] = clamp(value)
  }

  set(x: number, y: number, colour: readonly [number, number, number]): void {
    const [column, row] = [Math.round(x), Math.round(y)]
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return
    this.pixels.set(colour, (row * this.width + column) * 3)
  }

  /** A line two pixels thick. */
  line(
    from: readonly [number, number],
    to: readonly [number, number],
    colour: readonly [number, number, number],
  ): void {
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]))))
    for (let step = 0; step <= steps; step++) {
      const x = from[0] + ((to[0] - from[0]) * step) / steps
      const y = from[1] + ((to[1] - from[1]) * step) / steps
      this.set(x, y, colour)
      this.set(x, y + 1, colour)
    }
  }
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)))

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = concatBytes(utf8Bytes(type), data)
  return concatBytes(uint32(data.length), named, uint32(crc32(named)))
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The canvas as a PNG (RFC 2083), 8 bits per colour. */
export async function encodePng({ width, height, pixels }: Canvas): Promise<Uint8Array> {
  const rowBytes = width * 3
  const filtered = new Uint8Array(height * (rowBytes + 1))
  for (let y = 0; y < height; y++) {
    // Each pixel as the difference to its left neighbour ("Sub"), which deflates well.
    filtered[y * (rowBytes + 1)] = 1
    for (let x = 0; x < rowBytes; x++) {
      const value = pixels[y * rowBytes + x] ?? 0
      const left = x < 3 ? 0 : (pixels[y * rowBytes + x - 3] ?? 0)
      filtered[y * (rowBytes + 1) + 1 + x] = (value - left) & 255
    }
  }
  const header = concatBytes(uint32(width), uint32(height), Uint8Array.of(8, 2, 0, 0, 0))
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', await deflate(filtered)),
    chunk('IEND', new Uint8Array()),
  )
}
