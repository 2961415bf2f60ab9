import { join, resolve } from 'node:path'
import type { Bucket } from '@curo/vault/buckets/bucket'
import { makeFolderBucket } from '@curo/vault/buckets/folder'
import { makeS3Bucket } from '@curo/vault/buckets/s3'
import { makeVault, type Vault } from '@curo/vault/vault'
import type { Config } from '../config.ts'

type BucketConfig = Config['vault']['buckets'][number]

/** The embedded default: this many folders stand in for as many clouds. */
const FOLDERS = 6

type NamedBucket = { readonly name: string } & BucketConfig

/** The configured buckets, or folders under the data folder where none are configured. */
export function bucketsOf(config: Pick<Config, 'vault' | 'dataFolder'>): NamedBucket[] {
  const configured = config.vault.buckets
  const folders = Array.from(
    { length: FOLDERS },
    (_, index): BucketConfig => ({
      kind: 'folder',
      path: join(config.dataFolder, 'buckets', String(index + 1)),
    }),
  )
  return (configured.length > 0 ? configured : folders).map((bucket, index) => ({
    name: `bucket-${index + 1}`,
    ...bucket,
  }))
}

function makeBucket(config: NamedBucket, dataFolder: string): Bucket {
  const { name } = config
  if (config.kind === 'folder')
    return makeFolderBucket({ name, path: resolve(dataFolder, config.path), create: true })
  const { endpoint, region, bucket, accessKeyId, secretAccessKey, forcePathStyle } = config
  return makeS3Bucket({
    name,
    bucket,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle,
    ...(endpoint ? { endpoint } : {}),
  })
}

export function makeNodeVault(config: Config): Vault {
  const buckets = bucketsOf(config).map((bucket) => makeBucket(bucket, config.dataFolder))
  return makeVault({ buckets, dataShards: config.vault.dataPieces, parityShards: config.vault.parityPieces })
}
