import { join } from 'node:path'
import { launchBrowser } from '../../../test/support/browser.ts'
import { type Browser, msToPaint, withFreshPage } from '../browser/first-paint.ts'
import type { Measure } from '../compare/measure.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { MANY } from '../stage/sizes.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'
import { writeStaticCopy } from '../browser/static-copy.ts'

const LOADS = 5
const SECOND_MS = 1000
const ROW = '.rows a.message'
const FIGURE = '.figure .count'

export const measure: Measure = {
  title: 'The first list of the page',
  about: `The page for operations people over an archive of ${MANY.toLocaleString('en-US')} messages in SQLite, in a real Chromium with an empty cache: from the beginning of the navigation until the first row, and the figures above the list, are painted. Medians of ${LOADS} loads in turns, each by a server that has just started, and by the same one again. The static page has the same rows in its HTML, the same style, and as many bytes of script, which do nothing.`,
  run: async (stage) => {
    const configuration = archiveConfiguration(await stage.sqliteArchive(MANY))
    const [started, again, still]: [Load[], Load[], Load[]] = [[], [], []]
    const { browser, close } = await launchBrowser()
    try {
      for (let load = 0; load < LOADS; load += 1) {
        await using server = await startWaybill(stage.folder, configuration)
        started.push(await loadOnce(browser, server.url))
        const folder = join(stage.folder, `static-${load}`)
        again.push(await loadOnce(browser, server.url, folder))
        await using copy = await startRival('static-page.ts', { folder })
        still.push(await loadOnce(browser, copy.url))
      }
    } finally {
      await close()
    }
    const [startedMs, againMs, stillMs] = [mediansOf(started), mediansOf(again), mediansOf(still)]
    const what = 'The first row of the page, after a start'
    return {
      table: markdownTable(
        ['page', 'first row, ms', 'figures, ms'],
        [
          ['static', stillMs.row, stillMs.figures],
          ['Waybill, just started', startedMs.row, startedMs.figures],
          ['Waybill, again', againMs.row, againMs.figures],
        ],
      ),
      goals: [
        { what, against: 'a second', ratio: startedMs.row / SECOND_MS, reach: { atMost: 1 } },
        { what, against: 'a static page of as many bytes', ratio: startedMs.row / stillMs.row, reach: null },
      ],
    }
  },
}

/** When the first row and the figures were painted, in milliseconds. */
interface Load {
  readonly row: number
  readonly figures: number
}

/** @param copy where to write a static copy of the page that was loaded. Default: none is written */
function loadOnce(browser: Browser, url: string, copy: string | null = null): Promise<Load> {
  return withFreshPage(browser, async (page) => {
    const [row, figures] = await msToPaint(page, url, [ROW, FIGURE])
    if (copy !== null) await writeStaticCopy(page, copy)
    return { row, figures }
  })
}

function mediansOf(loads: readonly Load[]): Load {
  return {
    row: medianOf(loads.map(({ row }) => row)),
    figures: medianOf(loads.map(({ figures }) => figures)),
  }
}
