// A process of its own for memory.system.test.ts: stores and reads argv[3] MiB in folders under argv[2], with threads,
// and writes its peak resident memory in MiB.
import { join } from 'node:path'
import { makeFolderBucket } from '../buckets/folder.ts'
import { objectsOf } from '../orphans.ts'
import { makeVault } from '../vault.ts'
import { contentOf } from './vault-fixture.ts'

const [, , root = '', mebibytes = '1'] = process.argv
const buckets = Array.from({ length: 6 }, (_, i) =>
  makeFolderBucket({ name: `bucket-${i}`, path: join(root, `bucket-${i}`) }),
)
const vault = makeVault({ buckets })
const mebibyte = contentOf(1024 * 1024)
async function* source() {
  for (let i = 0; i < Number(mebibytes); i++) yield mebibyte
}
const manifest = await vault.put({ source: source() })
let size = 0
for await (const chunk of vault.read({ manifest })) size += chunk.length
if (size !== manifest.size) throw new Error(`read ${size} of ${manifest.size} bytes`)
await vault.scrub({ manifest })
await vault.remove(objectsOf(manifest))
await vault.close()
process.stdout.write(String(process.resourceUsage().maxRSS / 1024))
