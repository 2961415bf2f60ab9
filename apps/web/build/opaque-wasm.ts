import type { Plugin } from 'vite'

const LIBRARY = /@serenity-kit[\\/]opaque[\\/]esm[\\/]index\.js$/
/** The library's WebAssembly as it carries it: base64 in a call that decodes and compiles it. */
const INLINED = /_loadWasmModule\(0, null, '([A-Za-z0-9+/=]{100000,})'(?:, imports)?\)/

/**
 * OPAQUE's WebAssembly as a file of its own instead of base64 in a script: bytes compress, base64 hardly does, and the
 * names of its functions (a fifth of it) help only who debugs it. 130 kB less over the wire. Not while developing.
 */
export function opaqueWasm(): Plugin {
  return {
    name: 'curo-opaque-wasm',
    apply: 'build',
    transform(code, id) {
      if (!LIBRARY.test(id.split('?')[0] ?? '')) return undefined
      const base64 = INLINED.exec(code)?.[1]
      if (base64 === undefined)
        this.error(
          '@serenity-kit/opaque carries its WebAssembly in another way than build/opaque-wasm.ts knows.',
        )
      const source = withoutCustomSections(Buffer.from(base64, 'base64'))
      const file = this.emitFile({ type: 'asset', name: 'opaque.wasm', source })
      const load = `fetch(import.meta.ROLLUP_FILE_URL_${file}).then((answer) => answer.arrayBuffer()).then(WebAssembly.compile)`
      return { code: code.replace(INLINED, () => load), map: null }
    },
  }
}

const HEADER_BYTES = 8
const CUSTOM = 0

/** A WebAssembly module without its custom sections (WebAssembly Core §5.5.3), which do nothing when it runs. */
export function withoutCustomSections(module: Uint8Array): Uint8Array {
  const kept = [module.subarray(0, HEADER_BYTES)]
  let at = HEADER_BYTES
  while (at < module.length) {
    const start = at
    const id = module[at++]
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0
      length |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    at += length
    if (id !== CUSTOM) kept.push(module.subarray(start, at))
  }
  return new Uint8Array(Buffer.concat(kept))
}
