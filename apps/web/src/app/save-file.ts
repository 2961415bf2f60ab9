/** Hands a file to the browser's downloads. */
export function saveFile(content: Uint8Array | Blob, { name, type }: { name: string; type: string }): void {
  const blob = content instanceof Blob ? content : new Blob([content.slice()], { type })
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun with the click; some browsers read the file a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
