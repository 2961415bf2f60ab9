/**
 * What must outlive a filling that is cut short: cards that nobody could make again, and what is done. A folder beside
 * the node, a folder of the command line, or memory in a test.
 */
export interface DemoKeeper {
  /** Called before the node hears of the patient: a card that is lost cannot be made again. Replaces an earlier one. */
  keepCard(key: string, secrets: { card: string; recoveryCode: string }): Promise<void>
  /** What her card’s QR says, or null. */
  cardOf(key: string): Promise<string | null>
  isDone(step: string): Promise<boolean>
  setDone(step: string): Promise<void>
  /** The code sent to a telephone after that instant. Absent where messages cannot be read: nobody gets an app then. */
  codeSentTo?: ((phone: string, since: Date) => Promise<string>) | undefined
}

/**
 * Does a step once, also over several runs; one that is not whole is done again by the next.
 * @param work gives whether it is whole
 * @returns the same
 */
export async function once(keeper: DemoKeeper, step: string, work: () => Promise<boolean>): Promise<boolean> {
  if (await keeper.isDone(step)) return true
  const isWhole = await work()
  if (isWhole) await keeper.setDone(step)
  return isWhole
}
