import type { Client, OperationResult } from '@urql/core'
import { useClient } from '@urql/preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { createListClient } from '../api/client.js'
import { now } from '../api/clock.js'
import {
  type ListReportFragment,
  type SurveyedMessageFragment,
  SurveyedMessagesDocument,
  type SurveyedMessagesQuery,
} from '../api/operations.js'
import { describeProblem, type Problem } from '../api/problem.js'
import { type ListQuery, reportsOf } from '../search/list-query.js'

const PAGE_SIZE = 500
/** How many pages are read: after that, the page says how far it has come. */
const MOST_PAGES = 10
/** What a source that is read live may cost for each page. */
const MAX_UPSTREAM_REQUESTS = 10

/** The messages of a query, without their texts, newest first, as far as they have been read. */
export interface Survey {
  readonly messages: readonly SurveyedMessageFragment[]
  /** What the sources say; null before the first page. */
  readonly reports: readonly ListReportFragment[] | null
  /** `limited`: there are more messages than are read. */
  readonly phase: 'reading' | 'limited' | 'whole'
  /** When reading began, in milliseconds since the epoch. */
  readonly readAt: number
  readonly problem: Problem | null
}

const NOTHING: Survey = { messages: [], reports: null, phase: 'reading', readAt: 0, problem: null }

function readPage(
  client: Client,
  { filter, search }: ListQuery,
  after: string | null,
): Promise<OperationResult<SurveyedMessagesQuery>> {
  const limits = { first: PAGE_SIZE, maxUpstreamRequests: MAX_UPSTREAM_REQUESTS }
  return client.query(SurveyedMessagesDocument, { filter, search, after, ...limits }).toPromise()
}

/** Reads the newest messages of a query, page by page, and does not follow what arrives later. */
export function useSurvey(query: ListQuery): Survey & { retry: () => void } {
  const session = useClient()
  const client = useMemo(createListClient, [session])
  const [survey, setSurvey] = useState(NOTHING)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isOver = false
    setSurvey(NOTHING)
    void read()
    return () => {
      isOver = true
    }

    async function read(): Promise<void> {
      const readAt = now()
      const messages: SurveyedMessageFragment[] = []
      let reports: readonly ListReportFragment[] | null = null
      let after: string | null = null
      for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
        const { data, error }: OperationResult<SurveyedMessagesQuery> = await readPage(client, query, after)
        if (isOver) return
        if (data === undefined) {
          if (error !== undefined) setSurvey((before) => ({ ...before, problem: describeProblem(error) }))
          return
        }
        const { nodes, pageInfo, sources } = data.messages
        messages.push(...nodes)
        reports ??= reportsOf(query, sources)
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
        const phase = after === null ? 'whole' : pages < MOST_PAGES ? 'reading' : 'limited'
        setSurvey({ messages: [...messages], reports, phase, readAt, problem: null })
        if (after === null) return
      }
    }
  }, [client, query, turn])
  return { ...survey, retry: () => setTurn((before) => before + 1) }
}
