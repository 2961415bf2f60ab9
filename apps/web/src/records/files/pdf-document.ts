import {
  getDocument,
  PasswordResponses,
  PDFDataRangeTransport,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  PDFWorker,
} from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { trustedScript } from '../../app/trusted.ts'

/** Fonts that PDFs may take for granted, and decoders of JPEG 2000 and JBIG2: fetched from here when a file needs them. */
const FONTS = import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url',
  import: 'default',
})
const DECODERS = import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/wasm/*.wasm', {
  query: '?url',
  import: 'default',
})

async function fetchAsset(
  files: Readonly<Record<string, () => Promise<string>>>,
  name: string,
): Promise<Uint8Array> {
  const found = Object.entries(files).find(([path]) => path.endsWith(`/${name}`))
  if (!found) throw new Error(`${name} is not part of this page.`)
  const answer = await fetch(await found[1]())
  if (!answer.ok) throw new Error(`${name} could not be loaded.`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** What pdf.js asks for these files with; it would otherwise build addresses itself. */
class Assets {
  fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    return fetchAsset(kind === 'wasmUrl' ? DECODERS : FONTS, filename)
  }
}

/** The file is read in pieces as pages need them: a scan of hundreds of megabytes is never held in memory whole. */
class BlobTransport extends PDFDataRangeTransport {
  readonly #file: Blob

  constructor(file: Blob, first: Uint8Array) {
    super(file.size, first)
    this.#file = file
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#file
      .slice(begin, end)
      .arrayBuffer()
      .then((bytes) => this.onDataRange(begin, new Uint8Array(bytes)))
  }
}

const FIRST_BYTES = 65_536
/** Canvas area beyond which a page is drawn coarser, so that a phone does not run out of memory. */
export const MOST_PIXELS = 16_777_216

let worker: PDFWorker | undefined

function pdfWorker(): PDFWorker {
  if (!worker || worker.destroyed) {
    const port = new Worker(trustedScript(workerUrl), { type: 'module', name: 'pdf' })
    worker = PDFWorker.create({ port } as Parameters<typeof PDFWorker.create>[0])
  }
  return worker
}

export type PdfOpening = {
  readonly task: PDFDocumentLoadingTask
  readonly document: Promise<PDFDocumentProxy>
}

/**
 * Opens a PDF in pdf.js's own Worker. No eval, no scripts and no forms of the file; links and attachments are not
 * followed. `askPassword` is called where it has one, again with `isWrong` after a wrong one.
 */
export async function openPdf(
  file: Blob,
  askPassword: (answer: (password: string) => void, isWrong: boolean) => void,
): Promise<PdfOpening> {
  const first = new Uint8Array(await file.slice(0, FIRST_BYTES).arrayBuffer())
  const task = getDocument({
    range: new BlobTransport(file, first),
    worker: pdfWorker(),
    isEvalSupported: false,
    enableXfa: false,
    // Each device has others; these are the ones PDFs are measured with.
    useSystemFonts: false,
    disableAutoFetch: true,
    disableStream: true,
    useWorkerFetch: false,
    BinaryDataFactory: Assets,
    canvasMaxAreaInBytes: MOST_PIXELS * 4,
    maxImageSize: 268_435_456,
    verbosity: 0,
  } as Parameters<typeof getDocument>[0])
  task.onPassword = (answer: (password: string) => void, reason: number) =>
    askPassword(answer, reason === PasswordResponses.INCORRECT_PASSWORD)
  return { task, document: task.promise }
}
