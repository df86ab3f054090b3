import { useQuery } from '@urql/preact'
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { show, view } from '../address/address.js'
import { DIRECTIONS, EVERYTHING, STATUSES, TYPES, type View } from '../address/view.js'
import { SourceNamesDocument } from '../api/operations.js'
import { texts } from '../texts/texts.js'
import './search.css'
import { TimeFilter } from './time-filter.js'

/** The chips for status, direction, source, time, and type. */
export function Filters(): JSX.Element {
  const { status, direction, type, source } = view.value
  const [{ data }] = useQuery({ query: SourceNamesDocument })
  const words = texts.words
  const filters = useRef<HTMLDivElement>(null)
  useEffect(() => showChosen(filters.current), [view.value])
  return (
    <div class="filters" ref={filters} role="group" aria-label={texts.search.filters}>
      <TimeFilter />
      <div class="others">
        <Group label={texts.search.status}>
          {STATUSES.map((one) => (
            <Chip
              key={one}
              isOn={status.includes(one)}
              label={words.status[one]}
              change={{ status: toggled(status, one) }}
            />
          ))}
        </Group>
        <Group label={texts.search.direction}>
          {DIRECTIONS.map((one) => (
            <Chip
              key={one}
              isOn={direction === one}
              label={words.direction[one]}
              change={{ direction: direction === one ? null : one }}
            />
          ))}
        </Group>
        {data !== undefined && data.sources.length > 1 && (
          <Group label={texts.search.source}>
            {data.sources.map(({ key, label }) => (
              <Chip
                key={key}
                isOn={source.includes(key)}
                label={label}
                change={{ source: toggled(source, key) }}
              />
            ))}
          </Group>
        )}
        <TypeField type={type} />
        {isFiltered(view.value) && (
          <button
            type="button"
            class="quiet"
            onClick={() => show({ ...EVERYTHING, message: view.value.message })}
          >
            {texts.search.reset}
          </button>
        )}
      </div>
    </div>
  )
}

/** One type is chosen here; an address may have several, which are one option then. */
function TypeField({ type }: { type: View['type'] }): JSX.Element {
  const words = texts.words.type
  const several = type.length > 1 ? [type] : []
  const options = [...several, ...TYPES.map((one) => [one])]
  return (
    <label class="field">
      <span>{texts.search.type}</span>
      <select
        value={type.join(',')}
        onChange={({ currentTarget: { value } }) =>
          show({ type: options.find((one) => one.join(',') === value) ?? [] })
        }
      >
        <option value="">{texts.search.any}</option>
        {options.map((one) => (
          <option key={one.join(',')} value={one.join(',')}>
            {one.map((name) => words[name]).join(', ')}
          </option>
        ))}
      </select>
    </label>
  )
}

function Group({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="group" role="group" aria-label={label}>
      {children}
    </div>
  )
}

function Chip({ isOn, label, change }: { isOn: boolean; label: string; change: Partial<View> }): JSX.Element {
  return (
    <button type="button" class="chip" aria-pressed={isOn} onClick={() => show(change)}>
      <bdi>{label}</bdi>
    </button>
  )
}

/** How far from the edge of the page a chip is shown, in pixels. */
const EDGE_PX = 16

/**
 * On a phone each row of chips scrolls: one that was chosen, and the days beside it, come into sight. `scrollIntoView` would
 * also make the chip the place where Tab goes on from.
 */
function showChosen(filters: HTMLElement | null): void {
  for (const row of filters?.children ?? []) {
    const chosen = row.querySelector('[aria-pressed=true]')
    if (chosen === null) continue
    const [{ left, right }, box] = [chosen.getBoundingClientRect(), row.getBoundingClientRect()]
    const isRange = view.value.time.kind === 'days' && row === filters?.firstElementChild
    if (isRange || left < box.left + EDGE_PX) row.scrollLeft += left - box.left - EDGE_PX
    else if (right > box.right - EDGE_PX) row.scrollLeft += right - box.right + EDGE_PX
  }
}

function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one]
}

function isFiltered({ search, status, direction, type, source, time }: View): boolean {
  const lists = [search, status, type, source]
  return lists.some((list) => list.length > 0) || direction !== null || time.kind !== 'all'
}
