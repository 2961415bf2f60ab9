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

/** Does a step once, also over several runs. */
export async function once(keeper: DemoKeeper, step: string, work: () => Promise<void>): Promise<void> {
  if (await keeper.isDone(step)) return
  await work()
  await keeper.setDone(step)
}
