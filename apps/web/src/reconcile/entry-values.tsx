import type { JSX } from 'preact'
import type { ChosenLog } from './log-mapping.js'
import type { LogRow } from './log-table.js'

/** The values of an entry, each with the name of its column. */
export function EntryValues({ log, row }: { readonly log: ChosenLog; readonly row: LogRow }): JSX.Element {
  return (
    <dl class="fields">
      {log.table.columns.map((column, index) => (
        <div key={index}>
          <dt>{column.slice(0, 60)}</dt>
          <dd dir="auto">{row[index]?.slice(0, 500)}</dd>
        </div>
      ))}
    </dl>
  )
}
