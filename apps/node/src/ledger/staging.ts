import { concatBytes, readU16be, readU32be, u16be, u32be, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { LogResource } from '@curo/ledger/tile-log'

/** The staging object: for each file u16be path length ‖ path ‖ u32be length ‖ bytes. */
export function encodeStaging(files: readonly LogResource[]): Uint8Array {
  return concatBytes(
    ...files.flatMap(({ path, bytes }) => {
      const pathBytes = utf8Bytes(path)
      return [u16be(pathBytes.length), pathBytes, u32be(bytes.length), bytes]
    }),
  )
}

/** @throws CuroError 'truncated' */
export function decodeStaging(staging: Uint8Array): LogResource[] {
  const files: LogResource[] = []
  let at = 0
  const take = (length: number): Uint8Array => {
    if (at + length > staging.length)
      throw new CuroError('truncated', 'A staging object of the ledger ends early.')
    at += length
    return staging.subarray(at - length, at)
  }
  while (at < staging.length) {
    const path = utf8Text(take(readU16be(take(2), 0)))
    files.push({ path, bytes: take(readU32be(take(4), 0)) })
  }
  return files
}
