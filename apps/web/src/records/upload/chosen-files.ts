import { SNIFF_BYTES } from '@curo/fhir/document'
import { useSyncExternalStore } from 'react'
import { localDay } from '../../patients/patient-form.ts'
import type { FileFacts } from '../work-uploads.ts'
import { guessFile } from './guess-file.ts'
import { onOtherPerson } from './other-person.ts'

/** A file that she has chosen and not yet added. It outlives the page's parts, and ends with the session. */
export type ChosenFile = FileFacts & { id: string; file: File; contentType: string }

let chosen: readonly ChosenFile[] = []
const listeners = new Set<() => void>()

function become(next: readonly ChosenFile[]): void {
  chosen = next
  for (const listener of listeners) listener()
}

onOtherPerson(() => become([]))

/** Looks at the beginning of each to guess what it is. */
export async function chooseFiles(
  files: readonly File[],
  nameless: (contentType: string) => string,
): Promise<void> {
  const added = await Promise.all(
    files.map(async (file): Promise<ChosenFile> => {
      const first = await file
        .slice(0, SNIFF_BYTES)
        .arrayBuffer()
        .then((bytes) => new Uint8Array(bytes))
        // It may have gone since it was chosen; adding it says so.
        .catch(() => new Uint8Array())
      const given = {
        name: file.name,
        first,
        saved: localDay(new Date(file.lastModified)),
        today: localDay(),
      }
      const guess = guessFile(given)
      const isDicom = guess.contentType === 'application/dicom'
      const dicom = isDicom ? await (await import('./dicom-header.ts')).dicomHeaderOf(file) : undefined
      const { title, ...facts } = dicom ? guessFile({ ...given, dicom }) : guess
      return { id: crypto.randomUUID(), file, ...facts, title: title || nameless(facts.contentType) }
    }),
  )
  become([...chosen, ...added])
}

export function changeChosen(id: string, change: Partial<FileFacts>): void {
  become(chosen.map((one) => (one.id === id ? { ...one, ...change } : one)))
}

export function dropChosen(ids: readonly string[]): void {
  become(chosen.filter(({ id }) => !ids.includes(id)))
}

export const useChosenFiles = (): readonly ChosenFile[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => chosen,
  )
