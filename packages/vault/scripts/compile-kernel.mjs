// Compiles src/erasure-kernel.wat into src/erasure-kernel-bytes.ts. Run after changing the .wat; a test compares them.
import { readFileSync, writeFileSync } from 'node:fs'
import wabtFactory from 'wabt'

const source = new URL('../src/erasure-kernel.wat', import.meta.url)
const target = new URL('../src/erasure-kernel-bytes.ts', import.meta.url)
const wabt = await wabtFactory()
const module = wabt.parseWat('erasure-kernel.wat', readFileSync(source, 'utf8'), { simd: true })
module.validate()
const { buffer } = module.toBinary({})
const lines = Buffer.from(buffer)
  .toString('base64')
  .match(/.{1,100}/g)
writeFileSync(
  target,
  `// Made from erasure-kernel.wat by scripts/compile-kernel.mjs; a test holds the two together.
export const ERASURE_KERNEL_BASE64 =
${lines.map((line) => `  '${line}'`).join(' +\n')}
`,
)
