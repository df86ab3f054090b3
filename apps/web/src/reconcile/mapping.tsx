import { useQuery } from '@urql/preact'
import { LOG_FIELDS, type LogField } from '@waybill/reconcile'
import type { JSX } from 'preact'
import { SourceNamesDocument } from '../api/operations.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { changeLog, giveColumn } from './chosen-log.js'
import { type ChosenLog, mappingOf } from './log-mapping.js'

/** Longer values are cut in the table of the first entries. */
const LONGEST = 60

/** Which column is which field, on the first entries of the log, and how the log is compared. */
export function Mapping({ log }: { readonly log: ChosenLog }): JSX.Element {
  const { columns, rows } = log.table
  const { map, problem } = mappingOf(log)
  const fieldOf = (column: string) => LOG_FIELDS.find((field) => map[field] === column) ?? null
  return (
    <section>
      <h3>{reconcileTexts.mapping}</h3>
      <p class="muted">{reconcileTexts.mappingExplain}</p>
      <div class="log-table" tabIndex={0} role="group" aria-label={reconcileTexts.firstEntries}>
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={index} scope="col" class={fieldOf(column) === null ? undefined : 'mapped'}>
                  <bdi>{column.slice(0, LONGEST)}</bdi>
                  <select
                    aria-label={reconcileTexts.fieldOf(column.slice(0, LONGEST))}
                    value={fieldOf(column) ?? ''}
                    onChange={({ currentTarget: { value } }) =>
                      giveColumn(log, column, LOG_FIELDS.find((field) => field === value) ?? null)
                    }
                  >
                    <option value="">{reconcileTexts.notUsed}</option>
                    {LOG_FIELDS.map((field) => (
                      <FieldOption key={field} field={field} owner={map[field] ?? column} column={column} />
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((value, column) => (
                  <td key={column} dir="auto">
                    {value.slice(0, LONGEST)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem !== null && (
        <p class="banner" role="status">
          {reconcileTexts.mappingProblems[problem]}
        </p>
      )}
      <Choices log={log} />
    </section>
  )
}

interface FieldOptionProps {
  readonly field: LogField
  /** The column that has the field, or may have it. */
  readonly owner: string
  readonly column: string
}

/** Arrow keys choose at once, so that a field of another column would be taken from it in passing. */
function FieldOption({ field, owner, column }: FieldOptionProps): JSX.Element {
  const name = reconcileTexts.fields[field]
  return (
    <option value={field} disabled={owner !== column}>
      {owner === column ? name : `${name}: ${owner.slice(0, LONGEST)}`}
    </option>
  )
}

function Choices({ log }: { readonly log: ChosenLog }): JSX.Element {
  const [{ data }] = useQuery({ query: SourceNamesDocument })
  const { sources, country } = log
  return (
    <div class="choices">
      <label class="field">
        <span>{reconcileTexts.timeZone}</span>
        <input
          value={log.timeZone}
          list="time-zones"
          spellcheck={false}
          onInput={({ currentTarget }) => changeLog({ timeZone: currentTarget.value.trim() })}
        />
        <datalist id="time-zones">
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </label>
      <label class="field">
        <span>{reconcileTexts.country}</span>
        <input
          class="country"
          value={country}
          maxLength={2}
          placeholder={reconcileTexts.countryExample}
          spellcheck={false}
          onInput={({ currentTarget }) => changeLog({ country: currentTarget.value.trim().toUpperCase() })}
        />
      </label>
      <div class="group" role="group" aria-label={reconcileTexts.sources}>
        <button
          type="button"
          class="chip"
          aria-pressed={sources.length === 0}
          onClick={() => changeLog({ sources: [] })}
        >
          {reconcileTexts.allSources}
        </button>
        {data?.sources.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            class="chip"
            aria-pressed={sources.includes(key)}
            onClick={() =>
              changeLog({
                sources: sources.includes(key) ? sources.filter((one) => one !== key) : [...sources, key],
              })
            }
          >
            <bdi>{label}</bdi>
          </button>
        ))}
      </div>
    </div>
  )
}
