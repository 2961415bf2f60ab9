import { activateApp } from '@curo/cli/scenario/patient-app'
import { findClinicians, verifyClinician } from '@curo/client/clinicians'
import { grantConsent } from '@curo/client/granting'
import { CATEGORIES } from '@curo/crypto/category'
import type { Browser, Page } from 'playwright-core'
import { hasChromium, startBrowser } from './chart-browser.ts'
import { admitPatient, type Clinic, PASSWORD, withClinic, writeRecords } from './clinic.ts'
import { type Figure, type Measure, median, quantile, type Size } from './measure.ts'
import { servePlain } from './plain-records.ts'
import { openChart, scroll, search } from './portal-page.ts'

/** Words of the invented records, the first unmeasured; each finds another number of them than the one before it. */
const WORDS = ['hemoglobin', '5.3', '2016', '7.4', '2015', 'fasting', '2017', 'evening', '6.1', 'months']
const FRAME_MS = 1000 / 60

/** A patient with an app and so many records, who allows the doctor everything: the chart opens without the card. */
async function preparePatient(
  clinic: Parameters<Parameters<typeof withClinic>[0]>[0],
  records: number,
): Promise<void> {
  const visitor = await admitPatient(clinic)
  await writeRecords(clinic, visitor, records)
  const { hospital } = clinic
  const given = { hospital, phone: visitor.phone, scanned: visitor.scanned, name: 'Kalpana Vaidehi', records }
  const { person } = await activateApp(clinic.connection, given)
  const { clinicians } = await findClinicians(person, { search: 'Raghavan' })
  await grantConsent(person, {
    doctor: await verifyClinician(person, { account: clinicians[0]?.id ?? '' }),
    scope: { categories: [...CATEGORIES] },
    purpose: { code: 'CAREMGT', text: 'Review of the whole history' },
    use: 'standing',
    notAfter: new Date(Date.now() + 60 * 60_000),
  })
}

/** A page of its own, signed in as the doctor, at the list of what patients allow her. */
async function signIn(browser: Browser, { connection, doctorContact }: Clinic): Promise<Page> {
  const node = new URL(connection.api.node)
  node.hostname = 'localhost'
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    baseURL: node.origin,
    locale: 'en-IN',
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.locator('input[autocomplete~="username"]').fill(doctorContact)
  await page.locator('input[type="password"]').fill(PASSWORD)
  await page.locator('form button[type="submit"]').click()
  await page.waitForURL('**/doctor')
  await page.locator('nav a[href="/doctor/requests"]').first().click()
  await page.locator('main table').first().waitFor()
  await page.waitForLoadState('networkidle')
  return page
}

async function fetchPlain(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage()
  try {
    return await page.evaluate(async (address) => {
      const started = performance.now()
      await (await fetch(address, { cache: 'no-store' })).json()
      return performance.now() - started
    }, url)
  } finally {
    await page.close()
  }
}

async function emptyFrames(browser: Browser, frames: number): Promise<number[]> {
  const page = await browser.newPage()
  try {
    return await scroll(page, frames)
  } finally {
    await page.close()
  }
}

async function run({ size }: { size: Size }): Promise<Figure[]> {
  if (!hasChromium()) {
    process.stderr.write('Chromium: skipped, it is not installed\n')
    return []
  }
  const [records, visits, frames] = size === 'full' ? [1000, 20, 600] : [12, 1, 10]
  return await withClinic(async (clinic) => {
    await preparePatient(clinic, records)
    const plain = await servePlain(records)
    const browser = await startBrowser()
    try {
      const opened: number[] = []
      const fetched: number[] = []
      let page: Page | undefined
      for (let visit = 0; visit < visits; visit++) {
        await page?.context().close()
        page = await signIn(browser, clinic)
        opened.push(await openChart(page))
        fetched.push(await fetchPlain(browser, plain.url))
      }
      return [openingFigure(opened, fetched), ...(page ? await useChart(browser, page, records, frames) : [])]
    } finally {
      await browser.close()
      plain.close()
    }
  })
}

function openingFigure(opened: readonly number[], fetched: readonly number[]): Figure {
  const [value, baseline] = [quantile(opened, 0.95), quantile(fetched, 0.95)]
  return {
    part: `95th percentile of ${opened.length} openings, from the press to the drawn summary`,
    ...{ value, unit: 'ms', baseline, ratio: value / baseline },
    baselineName: 'the same records as plain JSON in one answer',
    must: [{ of: 'value', atMost: 2000 }],
  }
}

/** Scrolls the timeline of all records, and searches in it. */
async function useChart(browser: Browser, page: Page, records: number, frames: number): Promise<Figure[]> {
  await page.locator('main [role="radiogroup"] label').nth(1).click()
  await page.locator('main li[data-row]').first().waitFor()
  await page.waitForTimeout(1000)
  const gaps = await scroll(page, frames)
  const empty = await emptyFrames(browser, frames)
  await page.evaluate(() => scrollTo(0, 0))
  const times: number[] = []
  for (const [at, words] of WORDS.entries()) {
    if (records < 1000 && at > 1) break
    const { ms, found } = await search(page, words)
    // The first words change what the list says of itself, before anything is searched.
    if (at === 0) continue
    if (!/\d/.test(found)) throw new Error(`A search for ${words} said “${found}”.`)
    times.push(ms)
  }
  return [
    {
      part: 'scrolling the timeline: median time between frames',
      ...{ value: median(gaps), unit: 'ms', baseline: median(empty), ratio: median(gaps) / median(empty) },
      baselineName: 'an empty page',
      must: [{ of: 'value', atMost: FRAME_MS * 1.05 }],
    },
    {
      part: 'scrolling the timeline: frames later than 33 ms, in a hundred',
      ...{ value: shareLate(gaps), unit: '%', baseline: shareLate(empty), ratio: ratioOf(gaps, empty) },
      baselineName: 'an empty page',
    },
    {
      part: 'searching: median from the key to the drawn list',
      ...{ value: median(times), unit: 'ms', baseline: FRAME_MS, ratio: median(times) / FRAME_MS },
      baselineName: 'one frame',
      must: [{ of: 'value', atMost: 100 }],
    },
  ]
}

const shareLate = (gaps: readonly number[]) =>
  (100 * gaps.filter((gap) => gap > 2 * FRAME_MS).length) / gaps.length
/** At least one late frame in the denominator: an empty page often has none. */
const ratioOf = (gaps: readonly number[], empty: readonly number[]) =>
  shareLate(gaps) / Math.max(shareLate(empty), 100 / gaps.length)

export const measures: readonly Measure[] = [
  {
    name: 'portal-chart',
    what: 'the chart of 1,000 records on the doctor’s screen in Chromium: opened, scrolled, searched',
    run,
  },
]
