import type { SourceWarning } from '@waybill/core'
import { byGravity, COMPLETENESS_OF, gravestOf } from '../answer/report.js'
import type { Completeness, MessagePage, SourceReport } from '../engine.js'
import { warn } from '../read/warnings.js'

/** Makes one report of those of all pages of a source's list. */
export class ReportSummary {
  readonly #warnings = new Map<string, SourceWarning>()
  readonly #rejected = new Set<string>()
  readonly #holds = new Set<Completeness>()
  readonly #pushedDown = new Set<string>()
  readonly #evaluatedLocally = new Set<string>()
  #reachesBackTo: number | null = null
  #last: SourceReport | null = null

  add({ reports: [report], rejected }: MessagePage): void {
    if (report === undefined) return
    for (const warning of report.warnings) this.#warn(warning)
    for (const { row } of rejected) this.#rejected.add(row.upstreamId ?? JSON.stringify(row.raw))
    for (const parameter of report.pushedDown) this.#pushedDown.add(parameter)
    for (const clause of report.evaluatedLocally) this.#evaluatedLocally.add(clause)
    // A page that ended early is followed by another one; of the last one alone it says that something is missing.
    for (const each of report.holds) if (each !== 'BUDGET_SPENT') this.#holds.add(each)
    if (report.reachesBackTo !== null)
      this.#reachesBackTo = Math.max(this.#reachesBackTo ?? report.reachesBackTo, report.reachesBackTo)
    this.#last = report
  }

  finish(): SourceReport {
    if (this.#last === null) throw new Error('No page was added')
    const rejected = this.#rejected.size
    const warnings = Array.from(this.#warnings.values(), (warning) =>
      warning.code === 'ROW_REJECTED' && rejected > 0 ? warn('ROW_REJECTED', null, rejected) : warning,
    )
    const holds = byGravity([
      ...this.#holds,
      ...this.#last.holds,
      ...warnings.map(({ code }) => COMPLETENESS_OF[code]),
    ])
    return {
      ...this.#last,
      warnings,
      completeness: gravestOf(holds),
      holds,
      reachesBackTo: this.#reachesBackTo,
      pushedDown: [...this.#pushedDown],
      evaluatedLocally: [...this.#evaluatedLocally],
    }
  }

  #warn(warning: SourceWarning): void {
    const key = `${warning.code} ${warning.field}`
    const known = this.#warnings.get(key)
    if (known === undefined) this.#warnings.set(key, warning)
    else if (COUNTS_ROWS_OF_A_PAGE.has(warning.code))
      this.#warnings.set(
        key,
        warn(warning.code, warning.field, (known.count ?? 0) + (warning.count ?? 0) || null),
      )
    // The others are about the list, and each page counts again what it knows of it.
    else if ((warning.count ?? 0) > (known.count ?? 0)) this.#warnings.set(key, warning)
  }
}

const COUNTS_ROWS_OF_A_PAGE: ReadonlySet<SourceWarning['code']> = new Set([
  'FILTER_IGNORED',
  'FIELD_NOT_TOLD',
])
