import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeCard } from '@curo/crypto/card'
import { openFolderKeeper } from '@curo/node/demo/folder-keeper'
import type { Page } from 'playwright-core'
import QRCode from 'qrcode'
import type { DemoPortal } from './demo-portal.ts'

/** A patient of the demo who has come with her card and her telephone. */
export type AtTheDesk = {
  /** What the card's QR code says. */
  card: string
  cardNumber: string
  /** A photograph of the card. */
  picture: Buffer
  /** The newest code that was sent to her telephone since then. */
  readCode(since: Date): Promise<string>
}

const PHONES = { meenakshi: '+919000000041', arjun: '+919000000042', ngozi: '+919000000043' } as const

export async function comeToTheDesk(
  { node }: Pick<DemoPortal, 'node'>,
  who: keyof typeof PHONES,
): Promise<AtTheDesk> {
  const { dataFolder } = node.context.config
  const folder = join(dataFolder, 'demo')
  const keeper = await openFolderKeeper({ folder, outbox: join(dataFolder, 'outbox') })
  const card = (await readFile(join(folder, `card-of-${who}.txt`), 'utf8')).trim()
  const { codeSentTo } = keeper
  if (!codeSentTo) throw new Error('This demo keeps no messages.')
  return {
    card,
    cardNumber: decodeCard(card).cardNumber,
    picture: await QRCode.toBuffer(card, { scale: 8, margin: 6 }),
    readCode: (since) => codeSentTo(PHONES[who], since),
  }
}

/** Shows the card to the scanner by a picture of it. */
export async function showCard(page: Page, { picture }: Pick<AtTheDesk, 'picture'>): Promise<void> {
  await page
    .locator('input[type=file][accept="image/*"]')
    .setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: picture })
}
