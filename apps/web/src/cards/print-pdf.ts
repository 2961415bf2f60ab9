/** Whether this browser shows PDFs itself, so that a page can print one; telephones open it elsewhere. */
export function canPrintPdf(): boolean {
  return navigator.pdfViewerEnabled
}

let shown: { frame: HTMLIFrameElement; address: string } | undefined

/** Takes the printed file out of the page's memory. */
export function forgetPrintedPdf(): void {
  if (shown === undefined) return
  shown.frame.remove()
  URL.revokeObjectURL(shown.address)
  shown = undefined
}

/** Opens the browser's print dialog for a PDF, in a frame out of sight. The frame stays until the next, as dialogs read it late. */
export async function printPdf(bytes: Uint8Array, print = (frame: Window) => frame.print()): Promise<void> {
  forgetPrintedPdf()
  const address = URL.createObjectURL(new Blob([bytes.slice()], { type: 'application/pdf' }))
  const frame = document.createElement('iframe')
  shown = { frame, address }
  frame.className = 'visually-hidden'
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  await new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true })
    frame.src = address
    document.body.append(frame)
  })
  if (frame.contentWindow === null) return
  frame.contentWindow.focus()
  print(frame.contentWindow)
}
