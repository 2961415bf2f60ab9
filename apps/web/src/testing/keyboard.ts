import type { Locator, Page } from 'playwright-core'

/** Farther than this nobody goes for one thing. */
const MOST_PRESSES = 60
/** What comes takes the focus in an effect of its own, after it is drawn: on a busy machine later. */
const FOCUS_MS = 10_000

type Looking = { element: Element; look: string }
type Stop = { isThere: boolean; at: string; faults: string[] }
type FocusWatch = { stopAt(target: Element): Stop; rest(target: Element): void }
type Watched = typeof globalThis & { curoFocus: FocusWatch }

/** Somebody without a mouse. */
export type KeyboardUser = {
  /** Presses Tab until the focus is there. @throws Error with the way it took, when it is not reached. */
  tabTo(target: Locator, options?: { back?: boolean; most?: number }): Promise<void>
  /** Goes there and presses the key: Enter where none is said. */
  press(target: Locator, key?: string): Promise<void>
  /** Goes there and types in place of what stands there. */
  type(target: Locator, text: string): Promise<void>
  /** Waits until it has the focus by itself, as what a dialog begins with. */
  arrives(target: Locator): Promise<void>
  /** Whether anything has the focus, or gets it in a moment: it is lost when what had it is taken away. */
  hasFocus(): Promise<boolean>
  /** Where the focus could not be seen, or lay beneath something else; to be empty. */
  faults: string[]
}

/** The option that Enter takes: a list marks it a moment after it is drawn, and until then Enter takes another. */
export const marked = (page: Page): Locator => page.locator('[data-combobox-selected=true]')

/** Takes an option of the list that is open with Enter, once it is the one that Enter takes. */
export async function takeOption(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('option', { name }).and(marked(page)).waitFor()
  await page.keyboard.press('Enter')
}

/** For a page that has loaded nothing yet. */
export async function keyboardOf(page: Page): Promise<KeyboardUser> {
  await page.addInitScript(watchFocus)
  const faults: string[] = []
  async function tabTo(target: Locator, { back = false, most = MOST_PRESSES } = {}) {
    await target.waitFor({ state: 'attached' })
    const way: string[] = []
    await target.evaluate((element) => (globalThis as Watched).curoFocus.rest(element))
    for (let presses = 0; presses < most; presses++) {
      await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      const stop = await target.evaluate((element) => (globalThis as Watched).curoFocus.stopAt(element))
      faults.push(...stop.faults)
      if (stop.isThere) return
      way.push(stop.at)
    }
    throw new Error(`${target} is not reached within ${most} presses of Tab: ${way.join(' → ')}`)
  }
  return {
    tabTo,
    async press(target, key = 'Enter') {
      await tabTo(target)
      await page.keyboard.press(key)
    },
    async type(target, text) {
      await tabTo(target)
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(text)
    },
    async arrives(target) {
      const element = await target.elementHandle()
      await page.waitForFunction((wanted) => wanted === document.activeElement, element)
    },
    hasFocus: () =>
      page
        .waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: FOCUS_MS })
        .then(
          () => true,
          () => false,
        ),
    faults,
  }
}

/** Runs in the page. What has the focus must look otherwise than without it (WCAG 2.4.7), and be seen (2.4.11). */
function watchFocus(): void {
  /** The stop before this one, as it looked with the focus; what is wanted, as it looks without. */
  let left: Looking | undefined
  let resting: Looking | undefined
  const labelsOf = (element: Element) => [...((element as HTMLInputElement).labels ?? [])]
  /** A box that is drawn in place of the element itself is beside it, around it, or its label. */
  const partsOf = (element: Element) =>
    [element, element.parentElement, element.nextElementSibling, ...labelsOf(element)].filter(
      (part) => part !== null,
    )
  const lookOf = (element: Element) => {
    for (const animation of document.getAnimations())
      if (animation instanceof CSSTransition) animation.finish()
    const looks = partsOf(element).map((part) => {
      const { outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow, backgroundColor } =
        getComputedStyle(part)
      const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`
      return [outline, borderColor, boxShadow, backgroundColor].join()
    })
    return looks.join('\n')
  }
  const isSeen = (element: Element) =>
    [element, ...labelsOf(element)].some((part) => {
      const { left, right, top, bottom, width, height } = part.getBoundingClientRect()
      const across = [left + 2, left + width / 2, right - 2]
      const down = [top + 2, top + height / 2, bottom - 2]
      const hits = across.flatMap((x) => down.map((y) => document.elementFromPoint(x, y)))
      return hits.some((hit) => hit !== null && part.contains(hit))
    })
  const nameOf = (element: Element) => {
    const { innerText = '' } = element as HTMLElement
    const words = element.getAttribute('aria-label') ?? (innerText || element.id)
    return `${element.tagName.toLowerCase()} “${words.slice(0, 40).replace(/\s+/g, ' ')}”`
  }
  const watch: FocusWatch = {
    rest(target) {
      resting = { element: target, look: lookOf(target) }
    },
    stopAt(target) {
      const element = document.activeElement ?? document.body
      const isNowhere = element === document.body
      const now = { element, look: lookOf(element) }
      const unseen = [
        left?.element !== element && left?.element.isConnected && lookOf(left.element) === left.look && left,
        resting?.element === element && resting.look === now.look && resting,
      ]
      const faults = unseen.flatMap((one) => (one ? [`${nameOf(one.element)}: no focus to be seen`] : []))
      if (!isNowhere && !isSeen(element)) faults.push(`${nameOf(element)}: has the focus and is covered`)
      left = isNowhere ? undefined : now
      return { isThere: element === target, at: isNowhere ? 'nowhere' : nameOf(element), faults }
    },
  }
  Object.assign(globalThis, { curoFocus: watch })
}
