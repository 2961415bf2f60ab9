import { IconFile, IconFileTypePdf, IconPhotoScan } from '@tabler/icons-react'
import { useState } from 'react'
import { fileFamily } from '../files/judge-file.ts'
import { useObjectUrl } from '../files/object-url.ts'
import classes from './Upload.module.css'

const DRAWN = /^image\/(png|jpeg|gif|webp|avif|bmp)$/
/** Beyond this a phone would hold the whole photograph in memory for a small picture of it. */
const MOST_BYTES = 20e6

/** A small picture of a picture, else a sign of what kind of file it is. */
export function FileThumbnail({ file, contentType }: { file: Blob; contentType: string }) {
  const isPicture = DRAWN.test(contentType) && file.size <= MOST_BYTES
  return isPicture ? <Picture file={file} contentType={contentType} /> : <Sign contentType={contentType} />
}

function Picture({ file, contentType }: { file: Blob; contentType: string }) {
  const url = useObjectUrl(file, contentType)
  const [isBroken, setBroken] = useState(false)
  if (!url || isBroken) return <Sign contentType={contentType} />
  return <img className={classes.thumbnail} src={url} alt="" onError={() => setBroken(true)} />
}

function Sign({ contentType }: { contentType: string }) {
  const family = fileFamily(contentType)
  const Icon = family === 'pdf' ? IconFileTypePdf : family === 'dicom' ? IconPhotoScan : IconFile
  return (
    <span className={classes.sign} aria-hidden>
      <Icon size={24} stroke={1.5} />
    </span>
  )
}
