import { saveFile } from '../app/save-file.ts'
import type { CardToDraw } from './card-drawing.ts'
import { type CardFormat, makeCardPdf } from './card-pdf.ts'
import { makeCardPng } from './card-png.ts'
import { printPdf } from './print-pdf.ts'
import { readSiteFont } from './text/installed-fonts.ts'

export type Product = 'print' | 'pdf' | 'png'

const tools = { readFont: readSiteFont }

/** The last four digits tell a desk's files apart without naming a patient. */
function fileName({ cardNumber }: CardToDraw['details'], ending: string): string {
  return `curo-card-${cardNumber.slice(-4)}.${ending}`
}

/** Draws the card and prints or saves it. Throws as makeCardPdf and makeCardPng. */
export async function produceCard(what: Product, card: CardToDraw & { format: CardFormat }): Promise<void> {
  if (what === 'png') {
    saveFile(await makeCardPng(card, tools), { name: fileName(card.details, 'png'), type: 'image/png' })
    return
  }
  const pdf = await makeCardPdf(card, tools)
  if (what === 'pdf') saveFile(pdf, { name: fileName(card.details, 'pdf'), type: 'application/pdf' })
  else await printPdf(pdf)
}
