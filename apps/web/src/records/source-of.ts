import type { Author } from '@curo/client/clinicians'
import type { Envelope } from '@curo/contract/records'
import { utf8Text } from '@curo/crypto/bytes'
import type { TimelineSource } from '@curo/fhir/timeline'

/** A record that was opened, by whoever was allowed to. */
export type Opened = {
  record: string
  envelope: Pick<Envelope, 'category' | 'kind' | 'occurred' | 'created' | 'author'>
  author: Pick<Author, 'name' | 'standing'>
  stub: unknown
  content: Uint8Array | null
}

/** What the screens know of an opened record: its FHIR content as it is, never a file's bytes or a key. */
export function sourceOf({ record, envelope, author, stub, content }: Opened): TimelineSource {
  const { category, kind, occurred, created } = envelope
  const resource = kind === 'File' || content === null ? undefined : parseResource(content)
  return {
    record,
    category,
    kind,
    occurred,
    created,
    author: {
      id: envelope.author,
      ...(author.name === null ? {} : { name: author.name }),
      ...(author.standing === 'unknown' ? { unproved: true } : {}),
    },
    stub,
    ...(resource ? { resource } : {}),
  }
}

function parseResource(content: Uint8Array): TimelineSource['resource'] {
  try {
    return JSON.parse(utf8Text(content)) as TimelineSource['resource']
  } catch {
    return undefined
  }
}
