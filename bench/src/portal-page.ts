// What is done and timed in the portal's own page.
import type { Page } from 'playwright-core'

/** Milliseconds from the press on a patient's name to her chart's summary, drawn. */
export async function openChart(page: Page): Promise<number> {
  // Of the table of permissions: the page before it has such links too, and one that was taken off the page between being
  // found and being pressed leads out of the app, past its router.
  const link = page.locator('main table a[href^="/doctor/patients/"]').first()
  await link.waitFor()
  return await link.evaluate(async (element: HTMLElement) => {
    // The choice of views stands there once everything is opened. Watched, not asked for each frame: whoever asks for a
    // frame has one drawn, and on a machine without a graphics card drawing takes the processor from what is measured.
    const isOpen = () => document.querySelector('main [role="radiogroup"] input') !== null
    const opened = new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        if (!isOpen()) return
        watch.disconnect()
        resolve()
      })
      watch.observe(document.body, { childList: true, subtree: true })
    })
    const started = performance.now()
    element.click()
    await opened
    // Drawn with the next frame, and over when the one after it begins.
    for (let frames = 0; frames < 2; frames++)
      await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
    return performance.now() - started
  })
}

/** Milliseconds between frames while the page is scrolled by 60 px a frame. */
export async function scroll(page: Page, frames: number): Promise<number[]> {
  return await page.evaluate(async (count) => {
    const gaps: number[] = []
    let last = performance.now()
    for (let at = 0; at < count; at++) {
      scrollBy(0, 60)
      await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
      const now = performance.now()
      gaps.push(now - last)
      last = now
    }
    return gaps
  }, frames)
}

/** Milliseconds from typing to the drawn list, and what the list then says it has found. */
export async function search(page: Page, words: string): Promise<{ ms: number; found: string }> {
  return await page.evaluate(async (query) => {
    const box = document.querySelector<HTMLInputElement>('main input[type="search"]')
    const status = document.querySelector('main [role="status"]')
    if (!box || !status) throw new Error('There is nothing to search with.')
    const before = status.textContent
    const started = performance.now()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, query)
    box.dispatchEvent(new Event('input', { bubbles: true }))
    const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
    while (status.textContent === before) {
      if (performance.now() - started > 5000) throw new Error(`Nothing came of a search for ${query}.`)
      await frame()
    }
    // The frame after that shows it.
    await frame()
    return { ms: performance.now() - started, found: status.textContent ?? '' }
  }, words)
}
