import { type FilterClause, type Message, printClause, type SourceWarning } from '@waybill/core'
import { checkRow } from './row-check.js'
import type { Stream } from './stream-reader.js'
import { warn } from './warnings.js'

/** Checks the rows of one list, and counts what is wrong with them. */
export class RowScan {
  readonly #stream: Stream
  readonly #ignored = new Map<string, { readonly clause: FilterClause | null; count: number }>()
  readonly #untold = new Map<string, number>()

  constructor(stream: Stream) {
    this.#stream = stream
  }

  /** Whether a row is wanted. Has to be asked once for each row. */
  accepts(message: Message): boolean {
    const { plan, reading } = this.#stream
    const verdict = checkRow(plan, message, reading.source.id)
    if (verdict.kind === 'ignored') {
      const name = verdict.clause === null ? `search=${plan.search}` : printClause(verdict.clause)
      const known = this.#ignored.get(name) ?? { clause: verdict.clause, count: 0 }
      known.count += 1
      this.#ignored.set(name, known)
    }
    if (verdict.kind === 'untold') {
      this.#untold.set(verdict.field, (this.#untold.get(verdict.field) ?? 0) + 1)
    }
    return verdict.kind === 'wanted'
  }

  /** The clauses that the source passes over, in the grammar of the query string. */
  get ignored(): readonly string[] {
    return [...this.#ignored.keys()]
  }

  get warnings(): readonly SourceWarning[] {
    return [
      ...Array.from(this.#ignored.values(), ({ clause, count }) =>
        warn('FILTER_IGNORED', clause === null ? 'search' : clause.field, count),
      ),
      ...Array.from(this.#untold, ([field, count]) => warn('FIELD_NOT_TOLD', field, count)),
    ]
  }
}
