let scanned = ''

/** A card that the telephone's camera opened this page with, until a form takes it; in memory only. */
export function keepScannedCard(text: string): void {
  scanned = text
}

/** The card, once: it is forgotten here by taking it. Empty when there is none. */
export function takeScannedCard(): string {
  const taken = scanned
  scanned = ''
  return taken
}
