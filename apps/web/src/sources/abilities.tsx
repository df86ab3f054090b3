import type { JSX } from 'preact'
import type { ShownSourceFragment } from '../api/operations.js'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'

/** What a source can do, in words. */
export function Abilities({ source }: { source: ShownSourceFragment }): JSX.Element {
  const { pagingKind, pageLimit, search, totals, filters } = source.capabilities
  const words = texts.sources
  const applied = filters.filter(({ operators, domain }) => operators.length > 0 && domain !== 'ABSENT')
  const unlisted = filters.filter(({ listed, domain }) => !listed || domain === 'ABSENT')
  return (
    <details>
      <summary>{words.abilities}</summary>
      <ul>
        <li>{words.paging[pagingKind](formatNumber(pageLimit))}</li>
        <li>{words.search[search]}</li>
        <li>{words.totals[totals]}</li>
        <li>{words.filters(namesOf(applied))}</li>
        {unlisted.length > 0 && <li>{words.unlisted(namesOf(unlisted))}</li>}
      </ul>
    </details>
  )
}

function namesOf(filters: readonly { readonly field: string }[]): string {
  const names: Readonly<Record<string, string>> = texts.sources.fields
  return filters.map(({ field }) => names[field] ?? field).join(', ')
}
