import type { ListRequest, ListResult, PageReport } from '@waybill/core'
import type { WacrRow } from '@waybill/emulators'
import { liesAbout, liesOf } from './lie.js'
import { listed, listOf, type ModelList } from './model-list.js'
import type { ModelSettings } from './model-settings.js'
import { falsified, isUnreadable, remaining } from './tampering.js'

/** What a request selects at this moment. */
export function select(settings: ModelSettings, request: ListRequest): ListResult {
  const list = listOf(settings, request)
  if (request.page.kind === 'page') return selectPage(settings, list, request.page)
  if (request.page.kind === 'cursor') return selectAfter(settings, list, request.page)
  const query = { filter: list.filter, sort: '-created_at', perPage: request.page.limit } as const
  const newest = settings.table.page(query)
  return { ...written(settings, inOrder(settings, newest)), parameters: [] }
}

function selectPage(
  settings: ModelSettings,
  list: ModelList,
  { number, size }: { readonly number: number; readonly size: number },
): ListResult {
  const { plan } = settings
  const perPage = Math.min(size, settings.cap)
  const total = list.count()
  settings.onStage('counted')
  const served = servedNumber(settings, number)
  const start = (served - 1) * perPage
  const rows = list.rows(start, start + perPage)
  const claimed = liesOf(plan.lies, 'other-page')[0]?.tells === 'span' ? number : served
  const told: PageReport = {
    total: plan.tellsTotal ? total : null,
    lastPage: plan.tellsTotal ? Math.max(1, Math.ceil(total / perPage)) : null,
    pageSize: plan.tellsPageSize ? perPage : null,
    hasNextPage: plan.tellsNextPage ? start + rows.length < total : null,
    number: plan.tellsPageSize ? claimed : null,
    span: plan.tellsPageSize && rows.length > 0 ? { from: start + 1, to: start + rows.length } : null,
  }
  const { messages, rejected } = written(settings, remaining(plan, rows))
  return {
    messages: messages.map((message) => ({ ...message, direction: null })),
    rejected,
    parameters: [`sort=${list.sort}`],
    page: falsified(plan.lies, told, number),
  }
}

function servedNumber({ plan }: ModelSettings, number: number): number {
  if (liesAbout(plan, 'page-ignored')) return 1
  const [other] = liesOf(plan.lies, 'other-page')
  if (other !== undefined) return number % other.every === 0 ? number + other.ahead : number
  const repeats = liesOf(plan.lies, 'repeated-page').some(({ every }) => number > 1 && number % every === 0)
  return repeats ? number - 1 : number
}

/** A stable cursor: the sort key and id of the last row. */
function selectAfter(
  settings: ModelSettings,
  list: ModelList,
  page: { readonly after: string | null; readonly limit: number },
): ListResult {
  const sign = list.sort.startsWith('-') ? -1 : 1
  const byId = liesOf(settings.plan.lies, 'sort-ignored').some(({ instead }) => instead === 'id')
  const column = list.sort.endsWith('updated_at') ? 'updatedAt' : 'createdAt'
  const keyOf = (row: WacrRow): readonly number[] => [byId ? 0 : row[column], row.id]
  const compare = (a: readonly number[], b: readonly number[]): number =>
    sign * ((a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0))
  const all = list.rows(0, settings.table.size + 1).toSorted((a, b) => compare(keyOf(a), keyOf(b)))
  const after = page.after === null ? null : page.after.split(':').map(Number)
  const read = after === null ? 0 : all.filter((row) => compare(keyOf(row), after) <= 0).length
  const afterRows = liesOf(settings.plan.lies, 'stuck-cursor')[0]?.afterRows ?? null
  const isStuck = afterRows !== null && read >= afterRows
  const start = isStuck ? afterRows : read
  const rows = all.slice(start, start + page.limit)
  const { messages, rejected } = written(settings, rows)
  const keys = new Map(rows.map((row) => [String(row.id), keyOf(row).join(':')]))
  return {
    messages,
    rejected,
    parameters: [`sort=${list.sort}`],
    cursor: {
      cursors: messages.map(({ upstreamId }) => keys.get(upstreamId) ?? ''),
      hasNextPage: isStuck || all.length > start + page.limit,
      total: list.count(),
    },
  }
}

/** A window that passes over the order holds the newest rows nevertheless. */
function inOrder({ plan }: ModelSettings, newest: readonly WacrRow[]): readonly WacrRow[] {
  const instead = liesOf(plan.lies, 'sort-ignored')[0]?.instead ?? null
  if (instead === null) return newest
  return instead === 'reversed' ? newest.toReversed() : newest.toSorted((a, b) => a.id - b.id)
}

/** The rows as they are listed; those that cannot be read apart, and one twice where the upstream does that. */
function written(
  { plan, rejected: met }: ModelSettings,
  rows: readonly WacrRow[],
): Required<Pick<ListResult, 'messages' | 'rejected'>> {
  const tellsId = liesOf(plan.lies, 'unreadable-rows')[0]?.tellsId ?? false
  const messages = rows.filter((row) => !isUnreadable(plan.lies, row.id)).map(listed)
  const rejected = [...rows.entries()].flatMap(([position, { id }]) =>
    isUnreadable(plan.lies, id)
      ? [{ position, upstreamId: tellsId ? String(id) : null, reason: 'It has no sentAt.', raw: { id } }]
      : [],
  )
  for (const { id } of rows) if (isUnreadable(plan.lies, id)) met.add(String(id))
  const twice = liesAbout(plan, 'repeated-row') && messages.length > 1 ? messages.slice(0, 1) : []
  return { messages: [...twice, ...messages], rejected }
}
