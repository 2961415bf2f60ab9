import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { openColumn, sealColumn, searchToken } from '@curo/crypto/column-seal'
import type { NodeKeys } from './keys.ts'

/** One value of one row: sealed bytes moved to another row or column do not open. */
export type Cell = { readonly table: string; readonly column: string; readonly row: string }

type WithKeys = { readonly keys: Pick<NodeKeys, 'dataKey' | 'searchKey'> }

export async function sealBytes(node: WithKeys, cell: Cell, value: Uint8Array): Promise<Buffer> {
  const { table, column, row: rowId } = cell
  return asBuffer(await sealColumn({ key: node.keys.dataKey, table, column, rowId, value }))
}

/** @throws 'wrong-key' or 'tampered' when the value was not sealed here for this cell */
export async function openBytes(node: WithKeys, cell: Cell, sealed: Uint8Array): Promise<Uint8Array> {
  const { table, column, row: rowId } = cell
  return openColumn({ key: node.keys.dataKey, table, column, rowId, sealed })
}

export async function sealText(node: WithKeys, cell: Cell, text: string): Promise<Buffer> {
  return sealBytes(node, cell, utf8Bytes(text))
}

export async function openText(node: WithKeys, cell: Cell, sealed: Uint8Array): Promise<string> {
  return utf8Text(await openBytes(node, cell, sealed))
}

export async function sealJson(node: WithKeys, cell: Cell, value: unknown): Promise<Buffer> {
  return sealText(node, cell, JSON.stringify(value))
}

/** What this node sealed itself is what it was when it was parsed: no second parsing. */
export async function openJson<T>(node: WithKeys, cell: Cell, sealed: Uint8Array): Promise<T> {
  return JSON.parse(await openText(node, cell, sealed)) as T
}

/** A keyed token by which a sealed value is found again: 32 bytes. */
export function lookupToken(node: WithKeys, field: string, value: string): Buffer {
  return asBuffer(searchToken({ key: node.keys.searchKey, field, value }))
}

/** The same as 64 bits, for indexes with many tokens a row: 25 million of them collide with a chance of 10^-5. */
export function shortToken(node: WithKeys, field: string, value: string): string {
  return lookupToken(node, field, value).readBigInt64BE(0).toString()
}

export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
