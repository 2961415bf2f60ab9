/** A name that a file system takes, whatever a sender called the file: no folders, no control or turning characters. */
export function safeFileName(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^\.+/, '')
    .trim()
  const extension = plain.match(/\.[a-z0-9]{1,8}$/i)?.[0] ?? ''
  const stem = [...plain.slice(0, plain.length - extension.length)].slice(0, 100).join('')
  return stem === '' && extension === '' ? 'file' : `${stem || 'file'}${extension}`
}

/** Hands a file to the browser's downloads. As octet-stream, so that nothing is opened in the page's origin. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([file], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = safeFileName(name)
  document.body.append(link)
  link.click()
  link.remove()
  // The download has taken its own reference once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
