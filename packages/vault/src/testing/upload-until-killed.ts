// A process of its own for kill.system.test.ts: uploads part after part into the folders under argv[2], and writes the
// manifest of each acknowledged part as one line of JSON. Ends only by being killed.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolderBucket } from '../buckets/folder.ts'
import { makeVault } from '../vault.ts'
import { contentOf } from './vault-fixture.ts'

const [, , root = '', firstSeed = '0'] = process.argv
const buckets = Array.from({ length: 6 }, (_, i) =>
  makeFolderBucket({ name: `bucket-${i}`, path: join(root, `bucket-${i}`) }),
)
const vault = makeVault({ buckets, threads: 0 })

let seed = Number(firstSeed)
async function uploadForever(): Promise<never> {
  for (;;) {
    const mine = seed++
    const size = 200_000 + ((mine * 777_777) % 3_000_000)
    const part = await vault.putPart({ source: contentOf(size, mine) })
    writeSync(1, `${JSON.stringify({ seed: mine, size, part })}\n`)
  }
}
await Promise.all([uploadForever(), uploadForever(), uploadForever()])
