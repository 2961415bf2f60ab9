import type { CardDetails, CardLanguage } from './card-details.ts'
import { layoutBack, layoutFront } from './card-layout.ts'
import type { Scene } from './card-scene.ts'
import { loadPrintWords, type PrintWords } from './print-words.ts'
import { type DeviceWriter, makeDeviceWriter } from './text/device-text.ts'
import type { ReadFont } from './text/fonts.ts'
import { tidyText } from './text/tidy-text.ts'
import { makeTypesetter, type Typesetter } from './text/typesetter.ts'

export type CardToDraw = {
  details: CardDetails
  /** `https://<home node>/card#…` (encodeCard): the card's secret. It ends in the QR code and nowhere else. */
  address: string
  /** Of the printed words. */
  language: CardLanguage
}

export type DrawingTools = {
  readFont: ReadFont
  /** Fonts of the device, for scripts that the embedded ones lack. */
  device?: DeviceWriter | undefined
}

export type CardDrawing = {
  front: Scene
  back: Scene
  words: PrintWords
  typesetter: Typesetter
  device: DeviceWriter | undefined
}

/** Both sides of a card, ready for paper or screen. Throws 'invalid-input' when the address is too long for a QR code. */
export async function drawCard(
  card: CardToDraw,
  { readFont, device = makeDeviceWriter() }: DrawingTools,
): Promise<CardDrawing> {
  const { details, language } = card
  const words = await loadPrintWords(language)
  const said = [
    details.name,
    ...details.address,
    details.hospital.name,
    details.hospital.phone ?? '',
    details.homeNode,
  ]
  const typesetter = await makeTypesetter({
    texts: [...said.map(tidyText), ...Object.values(words)],
    readFont,
    device,
  })
  const content = { ...card, words, typesetter }
  return { front: layoutFront(content), back: layoutBack(content), words, typesetter, device }
}
