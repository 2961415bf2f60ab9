import { PDFDocument, PrintScaling } from 'pdf-lib'
import { type CardToDraw, type DrawingTools, drawCard } from './card-drawing.ts'
import { layoutSheet, type Paper } from './card-sheet.ts'
import { drawScenePage } from './scene-pdf.ts'
import { makePdfText } from './text/pdf-text.ts'

/** 'card': two pages of 85.6 × 54 mm for a card printer. Else one sheet with both sides and marks to cut along. */
export type CardFormat = 'card' | Paper

/**
 * The printed card. Its text can be searched and read aloud; fonts are embedded as subsets. Throws 'invalid-input' when the
 * home node's address is too long for a QR code. (ISO/IEC 7810 ID-1)
 */
export async function makeCardPdf(
  { format = 'card', ...card }: CardToDraw & { format?: CardFormat },
  tools: DrawingTools,
): Promise<Uint8Array> {
  const { front, back, words, typesetter, device } = await drawCard(card, tools)
  const document = await PDFDocument.create()
  document.setTitle(words.title, { showInWindowTitleBar: true })
  document.setLanguage(card.language)
  document.setCreator('Curo')
  document.setProducer('Curo')
  document.catalog.getOrCreateViewerPreferences().setPrintScaling(PrintScaling.None)
  const text = makePdfText(document.context, typesetter.base)
  const scenes =
    format === 'card' ? [front, back] : [layoutSheet({ front, back, paper: format, words, typesetter })]
  for (const scene of scenes) await drawScenePage(scene, { document, text, device })
  text.embedFonts()
  return document.save()
}
