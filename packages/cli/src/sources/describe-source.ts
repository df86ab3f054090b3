import { countOf, type Paging, type ProviderCapabilities } from '@waybill/core'
import type {
  ArchiveOverview,
  ProvenSpan,
  RejectedOverview,
  SourceOverview,
  Span,
} from './source-overview.js'

/** What a person reads of a source: its id, and a line for each thing that there is to say. */
export function describeSource(source: SourceOverview): string {
  const { upstream, archive, capabilities } = source
  const lines: [string, string][] = [
    ['provider', source.provider],
    ['queries read', source.read === 'live' ? 'the upstream' : 'the archive'],
    ['upstream', upstream.ok ? 'answers, credentials accepted' : `${upstream.code}: ${upstream.message}`],
    ...(upstream.ok || upstream.upstreamWords === undefined
      ? []
      : [['its words', `"${upstream.upstreamWords}"`] satisfies [string, string]]),
    ['lists', describePaging(capabilities.paging)],
    ['filters by', describeFilters(capabilities)],
    ['searches', capabilities.search === 'none' ? 'no' : 'yes'],
    ...(archive === null ? [['archive', 'none'] satisfies [string, string]] : describeArchive(archive)),
  ]
  const text = lines.map(([name, value]) => `  ${name.padEnd(13)} ${value}\n`).join('')
  return `${source.id}  ${source.label}\n${text}`
}

function describePaging(paging: Paging): string {
  if (paging.kind === 'window') return `its newest ${countOf(paging.maxItems, 'message')}`
  return `everything, ${countOf(paging.maxPageSize, 'message')} a request`
}

function describeFilters({ fields }: ProviderCapabilities): string {
  const names = Object.entries(fields).flatMap(([name, { operators = {} }]) =>
    Object.keys(operators).length === 0 ? [] : [name],
  )
  return names.length === 0 ? 'nothing' : names.join(', ')
}

function describeArchive(archive: ArchiveOverview): [string, string][] {
  const { messages, coverage, gaps, proven, rejectedCount, rejected, lagSeconds, lastError } = archive
  return [
    ['archive', countOf(messages, 'message')],
    ['complete', coverage.length === 0 ? 'nowhere yet' : coverage.map(describeSpan).join('; ')],
    ['gaps', gaps.length === 0 ? 'none known' : gaps.map(describeSpan).join('; ')],
    [
      'synced',
      lagSeconds === null ? 'never' : `${lagSeconds} s ago${describePause(archive.pollIntervalSeconds)}`,
    ],
    ...(proven.length === 0
      ? []
      : [['compared', proven.map(describeProven).join('; ')] satisfies [string, string]]),
    ...(rejectedCount === 0 ? [] : [describeRejected(rejectedCount, rejected)]),
    ...(lastError === null
      ? []
      : [['last error', `${lastError.code}: ${lastError.message}`] satisfies [string, string]]),
  ]
}

function describeProven({ at, ...span }: ProvenSpan): string {
  return `${describeSpan(span)}, at ${at ?? 'an unknown time'}`
}

function describeRejected(count: number, [last]: readonly RejectedOverview[]): [string, string] {
  const rows = `${countOf(count, 'row')} cannot be read`
  const example =
    last === undefined ? '' : `, the last one ${last.upstreamId ?? '(without an id)'}: ${last.reason}`
  return ['rejected', `${rows}${example}`]
}

function describePause(seconds: number | null): string {
  return seconds === null ? '' : `, every ${seconds} s`
}

function describeSpan({ from, to }: Span): string {
  const end = to ?? 'an unknown time'
  return from === null ? `since the beginning, until ${end}` : `${from} to ${end}`
}
