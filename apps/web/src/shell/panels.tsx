import type { JSX } from 'preact'
import { follow, hrefOf, view } from '../address/address.js'
import type { Panel } from '../address/view.js'
import { lazily } from '../parts/lazily.js'
import type { ListQuery } from '../search/list-query.js'
import { texts } from '../texts/texts.js'

const PANELS = ['sources', 'reconcile', 'download'] as const

const Sources = lazily(async () => (await import('../sources/sources-panel.js')).SourcesPanel)
const Reconcile = lazily(async () => (await import('../reconcile/reconcile-panel.js')).ReconcilePanel)
const Download = lazily(async () => (await import('../download/download-panel.js')).DownloadPanel)

const Failures = lazily(async () => (await import('../questions/failures-panel.js')).FailuresPanel)
const Unanswered = lazily(async () => (await import('../questions/unanswered-panel.js')).UnansweredPanel)

/** The ways to what lies over the list, and back. */
export function PanelLinks(): JSX.Element {
  const { panel } = view.value
  return (
    <nav class="panel-links" aria-label={texts.shell.panels}>
      {PANELS.map((one) => {
        const change = { panel: one === panel ? null : one }
        return (
          <a
            key={one}
            href={hrefOf(change)}
            aria-current={one === panel ? 'page' : undefined}
            onClick={(event) => follow(event, change)}
          >
            {texts.shell[one]}
          </a>
        )
      })}
    </nav>
  )
}

/** Whether a panel takes the place of the list. */
export function isInPlaceOfList(panel: Panel): boolean {
  return panel === 'sources' || panel === 'reconcile'
}

/** The panel that the address names. */
export function OpenPanel({ query }: { readonly query: ListQuery }): JSX.Element | null {
  switch (view.value.panel) {
    case 'sources':
      return <Sources />
    case 'reconcile':
      return <Reconcile />
    case 'download':
      return <Download query={query} />
    case 'failures':
      return <Failures query={query} />
    case 'unanswered':
      return <Unanswered query={query} />
    case null:
      return null
  }
}
