// Memory that parts are collected and encoded in.

const PAGE_BYTES = 4096
const WASM_PAGE_BYTES = 65536

const aligned = new WeakSet<ArrayBufferLike>()

/**
 * Whether a disk can take these bytes from where they are (O_DIRECT): whole pages of memory that begins at a page.
 * [Note: past the page cache] Large objects are written that way. It takes a fifth of the processor's time, and an
 * upload does not push the database out of the cache. Only WebAssembly gives memory whose address is known to be a
 * multiple of the page size, so parts live in the memory of a module that does not exist; being shared, it is also
 * seen by the coder's threads without a copy.
 */
export const isPageAligned = ({ buffer, byteOffset, byteLength }: Uint8Array): boolean =>
  aligned.has(buffer) && byteOffset % PAGE_BYTES === 0 && byteLength % PAGE_BYTES === 0

function allocateAligned(length: number): SharedArrayBuffer | null {
  const pages = Math.ceil(length / WASM_PAGE_BYTES)
  try {
    const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    aligned.add(buffer)
    return buffer as unknown as SharedArrayBuffer
  } catch {
    return null // no address space left: ordinary memory does, only slower
  }
}

/** Large buffers, used again: fresh ones cost a page fault per 4 KiB. */
export interface BufferPool {
  take(length: number): Uint8Array
  give(bytes: Uint8Array): void
}

/** Keeps up to `most` page-aligned buffers for each of the given lengths; everything else is ordinary memory. */
export function makeBufferPool({ lengths, most }: { lengths: readonly number[]; most: number }): BufferPool {
  const ascending = [...new Set(lengths)].sort((a, b) => a - b)
  const shelves = ascending.map((length) => ({
    length,
    free: [] as ArrayBufferLike[],
    all: new Set<ArrayBufferLike>(),
  }))
  return {
    take(wanted) {
      // A small request is better served by a small allocation.
      const shelf = shelves.find(({ length }) => wanted <= length && wanted * 4 > length)
      let buffer = shelf?.free.pop()
      if (!buffer && shelf && shelf.all.size < most) {
        buffer = allocateAligned(shelf.length) ?? undefined
        if (buffer) shelf.all.add(buffer)
      }
      return new Uint8Array(buffer ?? new ArrayBuffer(wanted), 0, wanted)
    },
    give({ buffer }) {
      const shelf = shelves.find(({ all }) => all.has(buffer))
      if (shelf && !shelf.free.includes(buffer)) shelf.free.push(buffer)
    },
  }
}
