import { CuroError } from '@curo/crypto/errors'
import QRCode from 'qrcode'

/** White modules that must surround a QR code (ISO/IEC 18004 §9.1). */
export const QUIET_MODULES = 4
/** Smaller modules do not survive an office printer and a telephone's camera. */
export const LEAST_MODULE_MM = 0.4
/** At this size, more error correction helps more than still larger modules. */
const GOOD_MODULE_MM = 0.55

export type QrMatrix = {
  /** Modules along a side, without the quiet zone. */
  size: number
  isDark(row: number, column: number): boolean
}

const levels = ['Q', 'M', 'L'] as const

/** Millimetres of a module when the code with its quiet zone fills a square of `side` mm. */
export function moduleSize(qr: QrMatrix, side: number): number {
  return side / (qr.size + 2 * QUIET_MODULES)
}

/**
 * The card's QR code for a square of `side` mm with the quiet zone inside: as much error correction as good modules allow.
 * Throws 'invalid-input' when the address is so long that no camera would read it.
 */
export function makeCardQr(address: string, side: number): QrMatrix {
  for (const level of levels) {
    const { modules } = QRCode.create(address, { errorCorrectionLevel: level })
    const qr: QrMatrix = {
      size: modules.size,
      isDark: (row, column) =>
        row >= 0 &&
        column >= 0 &&
        row < modules.size &&
        column < modules.size &&
        modules.get(row, column) === 1,
    }
    const isLast = level === levels[levels.length - 1]
    if (moduleSize(qr, side) >= (isLast ? LEAST_MODULE_MM : GOOD_MODULE_MM)) return qr
  }
  throw new CuroError(
    'invalid-input',
    'The home node’s address is too long for a card: the QR code would be too fine to read. Give the node a shorter one.',
  )
}

export type Corner = readonly [column: number, row: number]

/**
 * The outlines of the dark parts, in modules, to be filled by the even-odd rule. Outlines, because squares drawn side by side
 * show hairlines between them in most viewers.
 */
export function traceQr(qr: QrMatrix): Corner[][] {
  // Each edge between dark and light, directed with dark on its right, by where it starts.
  const edges = new Map<string, Corner[]>()
  const add = (from: Corner, to: Corner) => {
    const key = from.join()
    edges.set(key, [...(edges.get(key) ?? []), to])
  }
  for (let row = 0; row < qr.size; row++)
    for (let column = 0; column < qr.size; column++) {
      if (!qr.isDark(row, column)) continue
      if (!qr.isDark(row - 1, column)) add([column, row], [column + 1, row])
      if (!qr.isDark(row, column + 1)) add([column + 1, row], [column + 1, row + 1])
      if (!qr.isDark(row + 1, column)) add([column + 1, row + 1], [column, row + 1])
      if (!qr.isDark(row, column - 1)) add([column, row + 1], [column, row])
    }
  const loops: Corner[][] = []
  for (const start of edges.keys()) {
    while (edges.get(start)?.length) {
      const loop: Corner[] = []
      let at = start
      for (let next = edges.get(at)?.pop(); next !== undefined; next = edges.get(at)?.pop()) {
        loop.push(next)
        at = next.join()
      }
      loops.push(withoutStraight(loop))
    }
  }
  return loops
}

function withoutStraight(loop: Corner[]): Corner[] {
  return loop.filter(([column, row], i) => {
    const before = loop.at(i - 1)
    const after = loop[(i + 1) % loop.length]
    const isStraight =
      (before?.[0] === column && after?.[0] === column) || (before?.[1] === row && after?.[1] === row)
    return !isStraight
  })
}
