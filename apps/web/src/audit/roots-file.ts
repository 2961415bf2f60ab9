import type { AuditedRecord } from '@curo/client/audit'

/** SHA-256 in base64url. */
const ROOT = /^[A-Za-z0-9_-]{43}$/

/**
 * The records an auditor was given to challenge: JSON `[{ "root", "sealedSize" }]`, as a patient's own list or a
 * hospital's has them; null where the text is none.
 */
export function readRootsFile(text: string): AuditedRecord[] | null {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(read) || read.length === 0) return null
  const records = read.map((one) => {
    const { root, sealedSize } = (one ?? {}) as Partial<AuditedRecord>
    const isRecord =
      typeof root === 'string' &&
      ROOT.test(root) &&
      Number.isSafeInteger(sealedSize) &&
      Number(sealedSize) > 0
    return isRecord ? { root, sealedSize: Number(sealedSize) } : null
  })
  return records.every((record) => record !== null) ? records : null
}
