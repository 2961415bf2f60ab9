import { useEffect, useState } from 'react'

/** An address of the bytes for as long as the element is there. */
export function useObjectUrl(file: Blob, contentType: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([file], { type: contentType }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file, contentType])
  return url
}
