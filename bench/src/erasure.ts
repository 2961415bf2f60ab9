import { randomFillSync } from 'node:crypto'
import { type ErasureCode, makeErasureCode } from '@curo/vault/erasure'
import { type Figure, type Measure, paired, rateFigure, type Size, secondsOf } from './measure.ts'

const SHAPE = { dataShards: 4, parityShards: 2 }
/** The vault's piece. */
const SHARD_BYTES = 256 * 1024
const STRIPE_BYTES = SHAPE.dataShards * SHARD_BYTES

type Work = (code: ErasureCode, stripe: number) => void

/** Stripes enough that no cache holds them, as in a node that codes what has just arrived. */
function makeStripes(count: number): Uint8Array[][] {
  return Array.from({ length: count }, () =>
    Array.from({ length: SHAPE.dataShards }, () => randomFillSync(new Uint8Array(SHARD_BYTES))),
  )
}

/** Bytes of content per second, through SIMD and through plain JavaScript, over all stripes, on one thread. */
async function measureKernels(given: {
  part: string
  stripes: number
  work: Work
  size: Size
}): Promise<Figure> {
  const { part, stripes, work, size } = given
  const over = (kernel: 'simd' | 'js', rounds: number) => {
    const code = makeErasureCode({ ...SHAPE, kernel })
    return async () => {
      const seconds = await secondsOf(() => {
        for (let round = 0; round < rounds; round++)
          for (let stripe = 0; stripe < stripes; stripe++) work(code, stripe)
      })
      return seconds / rounds
    }
  }
  const pair = await paired({
    subject: over('simd', size === 'full' ? 8 : 1),
    baseline: over('js', 1),
    runs: size === 'full' ? 5 : 1,
  })
  return rateFigure(pair, {
    part,
    amount: (stripes * STRIPE_BYTES) / 1e9,
    unit: 'GB/s',
    baselineName: 'the same in plain JavaScript',
    must: [{ of: 'value', atLeast: 2 }],
  })
}

/** Copying the same bytes: what memory itself allows. */
async function measureCopy(given: {
  stripes: readonly Uint8Array[][]
  size: Size
  encode: Figure
}): Promise<Figure> {
  const { stripes, size, encode } = given
  const targets = Array.from({ length: SHAPE.dataShards }, () => new Uint8Array(SHARD_BYTES))
  const copy = async () => {
    const rounds = size === 'full' ? 8 : 1
    const seconds = await secondsOf(() => {
      for (let round = 0; round < rounds; round++)
        for (const shards of stripes) for (const [at, shard] of shards.entries()) targets[at]?.set(shard)
    })
    return seconds / rounds
  }
  const pair = await paired({ subject: copy, baseline: copy, runs: size === 'full' ? 5 : 1 })
  const speed = (stripes.length * STRIPE_BYTES) / 1e9 / pair.baseline
  return {
    part: 'encode against memcpy',
    value: encode.value,
    unit: 'GB/s',
    baseline: speed,
    baselineName: 'Uint8Array.set of the same bytes',
    ratio: encode.value / speed,
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  const count = size === 'full' ? 64 : 2
  const stripes = makeStripes(count)
  const parity = Array.from({ length: SHAPE.parityShards }, () => new Uint8Array(SHARD_BYTES))
  const code = makeErasureCode(SHAPE)
  // The worst loss: two data shards, so both are computed from two data and both parity shards.
  const damaged = stripes.map((shards) => [
    null,
    null,
    ...shards.slice(2),
    ...code.encode(shards, SHARD_BYTES),
  ])

  const encode = await measureKernels({
    part: 'encode 4+2',
    stripes: count,
    size,
    work: (kernel, stripe) => kernel.encodeInto(stripes[stripe] as Uint8Array[], parity),
  })
  const reconstruct = await measureKernels({
    part: 'reconstruct two lost data shards',
    stripes: count,
    size,
    work: (kernel, stripe) => {
      kernel.reconstruct({ shards: damaged[stripe] ?? [], wanted: [0, 1], length: SHARD_BYTES })
    },
  })
  return [encode, reconstruct, await measureCopy({ stripes, size, encode })]
}

export const measures: readonly Measure[] = [
  { name: 'erasure', what: 'Reed–Solomon 4+2 over stripes of 1 MiB, one thread', run },
]
