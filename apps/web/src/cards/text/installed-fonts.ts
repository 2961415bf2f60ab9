import { CuroError } from '@curo/crypto/errors'
import interCyrillic400 from '@fontsource/inter/files/inter-cyrillic-400-normal.woff?url'
import interCyrillic600 from '@fontsource/inter/files/inter-cyrillic-600-normal.woff?url'
import interGreek400 from '@fontsource/inter/files/inter-greek-400-normal.woff?url'
import interGreek600 from '@fontsource/inter/files/inter-greek-600-normal.woff?url'
import interLatin400 from '@fontsource/inter/files/inter-latin-400-normal.woff?url'
import interLatin600 from '@fontsource/inter/files/inter-latin-600-normal.woff?url'
import interLatinExt400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff?url'
import interLatinExt600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff?url'
import interVietnamese400 from '@fontsource/inter/files/inter-vietnamese-400-normal.woff?url'
import interVietnamese600 from '@fontsource/inter/files/inter-vietnamese-600-normal.woff?url'
import devanagari400 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff?url'
import devanagari600 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-600-normal.woff?url'
import type { FontName } from './fonts.ts'

/** Static fonts, as WOFF: a PDF takes no variable ones, and no browser lets a page unpack WOFF2. */
const addresses: Record<FontName, string> = {
  'inter-latin-400': interLatin400,
  'inter-latin-600': interLatin600,
  'inter-latin-ext-400': interLatinExt400,
  'inter-latin-ext-600': interLatinExt600,
  'inter-vietnamese-400': interVietnamese400,
  'inter-vietnamese-600': interVietnamese600,
  'inter-greek-400': interGreek400,
  'inter-greek-600': interGreek600,
  'inter-cyrillic-400': interCyrillic400,
  'inter-cyrillic-600': interCyrillic600,
  'noto-sans-devanagari-devanagari-400': devanagari400,
  'noto-sans-devanagari-devanagari-600': devanagari600,
}

/** Fetches a font of this site. Throws 'unavailable' when that fails. */
export async function readSiteFont(name: FontName): Promise<Uint8Array> {
  const response = await fetch(addresses[name]).catch(() => undefined)
  if (!response?.ok)
    throw new CuroError(
      'unavailable',
      'A font for printing could not be loaded. Check the connection and try again.',
    )
  return new Uint8Array(await response.arrayBuffer())
}
