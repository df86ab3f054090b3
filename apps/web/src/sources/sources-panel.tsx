import { useClient, useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { show } from '../address/address.js'
import { now } from '../api/clock.js'
import { type ShownSourceFragment, SourceEdgeDocument, SourcesDocument } from '../api/operations.js'
import { Panel } from '../parts/panel.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useProblem } from '../parts/use-problem.js'
import { texts } from '../texts/texts.js'
import { beginningOf, type KnownHistory, knownHistory } from './known-history.js'
import { SourceView } from './source-view.js'
import './sources.css'

/** How often the state of the sources is read again, in milliseconds. */
const REFRESH_MS = 5000

/** How much of the time the strips show, in days; null: from the beginning. */
const ZOOMS = [null, 90, 30, 7, 1] as const
const DAY_MS = 86_400_000

/** Every source over time, all on one scale. */
export function SourcesPanel(): JSX.Element {
  const [{ data, error }, refresh] = useQuery({ query: SourcesDocument, requestPolicy: 'cache-and-network' })
  const problem = useProblem(error)
  const [zoom, setZoom] = useState<(typeof ZOOMS)[number]>(null)
  useEffect(() => {
    const timer = setInterval(() => refresh({ requestPolicy: 'network-only' }), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  const sources = data?.sources ?? []
  const histories = useHistories(sources)
  const to = now()
  const from = zoom === null ? beginningOf([...histories.values()], to) : to - zoom * DAY_MS
  return (
    <Panel isWide title={texts.shell.sources} close={() => show({ panel: null })}>
      {problem !== null && data === undefined && (
        <ProblemNote problem={problem} retry={() => refresh({ requestPolicy: 'network-only' })} />
      )}
      {data === undefined && error === undefined && <p role="status">{texts.list.loading}</p>}
      <div class="zoom" role="group" aria-label={texts.sources.zoom}>
        {ZOOMS.map((days) => (
          <button
            key={days}
            type="button"
            class="chip"
            aria-pressed={zoom === days}
            onClick={() => setZoom(days)}
          >
            {days === null ? texts.search.all : texts.sources.days(days)}
          </button>
        ))}
      </div>
      {sources.map((source) => (
        <SourceView key={source.id} source={source} history={histories.get(source.id)} shown={{ from, to }} />
      ))}
    </Panel>
  )
}

/** What is known of the history of each source, by its id. The end of each list is read once. */
function useHistories(sources: readonly ShownSourceFragment[]): ReadonlyMap<string, KnownHistory> {
  const client = useClient()
  const [ends, setEnds] = useState<ReadonlyMap<string, End>>(new Map())
  const keys = sources.map(({ key }) => key).join('\n')
  useEffect(() => {
    let isOver = false
    async function read({ id, key, archive }: ShownSourceFragment): Promise<void> {
      const direction = archive === null ? 'DESC' : 'ASC'
      const { data } = await client.query(SourceEdgeDocument, { source: key, direction }).toPromise()
      if (isOver || data?.messages === undefined) return
      const report = data.messages.sources.find(({ source }) => source.id === id) ?? null
      setEnds((known) => new Map(known).set(id, { sentAt: data.messages.nodes[0]?.sentAt ?? null, report }))
    }
    for (const source of sources) void read(source)
    return () => {
      isOver = true
    }
  }, [client, keys])
  return new Map(
    sources.map((source) => {
      const { sentAt, report } = ends.get(source.id) ?? { sentAt: null, report: null }
      return [source.id, knownHistory(source, sentAt, report, now())]
    }),
  )
}

interface End {
  readonly sentAt: string | null
  readonly report: Parameters<typeof knownHistory>[2]
}
