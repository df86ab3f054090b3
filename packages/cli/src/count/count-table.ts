import type { TimeZone } from '@waybill/core'
import type { MessageCountGroup, MessageCounts } from '@waybill/engine'
import type { CountKeyName, CountRequest } from './count-request.js'

/** How bars are drawn. */
export interface BarStyle {
  /** Of the terminal, in columns. */
  readonly width: number
  readonly isColored: boolean
}

const GAP = '  '
/** A bar of fewer columns shows nothing that the figure does not. */
const SHORTEST_BAR = 8
const LONGEST_BAR = 60

/**
 * What was counted, one line for each group, and the total.
 * @param bars null: none
 */
export function countTable(
  { groups, total }: Pick<MessageCounts, 'groups' | 'total'>,
  { by, zone }: Pick<CountRequest, 'by' | 'zone'>,
  bars: BarStyle | null,
): string {
  const rows = groups.map((group) => ({
    cells: by.map((key) => shown(valueOf(group, key, zone))),
    count: figure(group.count),
    part: group.count,
  }))
  const heads = by.map((key) => key.replace('_', ' '))
  const sum = { cells: by.map((_, index) => (index === 0 ? 'total' : '')), count: figure(total), part: 0 }
  const lines = [{ cells: heads, count: 'messages', part: 0 }, ...(by.length === 0 ? [] : rows), sum]
  const widths = by.map((_, index) => Math.max(...lines.map(({ cells }) => widthOf(cells[index] ?? ''))))
  const countWidth = Math.max(...lines.map(({ count }) => count.length))
  const used = [...widths, countWidth].reduce((columns, width) => columns + width + GAP.length, 0)
  const room = bars === null ? 0 : Math.min(bars.width - 1 - used, LONGEST_BAR)
  const most = Math.max(1, ...groups.map(({ count }) => count))
  return lines
    .map(({ cells, count, part }) => {
      const padded = cells.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
      const bar = room < SHORTEST_BAR ? '' : colored(barOf((part / most) * room), bars)
      return `${[...padded, count.padStart(countWidth), bar].join(GAP).trimEnd()}\n`
    })
    .join('')
}

function valueOf(group: MessageCountGroup, key: CountKeyName, zone: TimeZone): string | null {
  switch (key) {
    case 'day':
      return clockTime(group.period, zone, 'day')
    case 'hour':
      return clockTime(group.period, zone, 'hour')
    case 'source':
      return group.source
    case 'failure_code':
      return group.failureCode
    case 'status':
    case 'type':
    case 'direction':
      return group[key]?.toLowerCase() ?? null
  }
}

/** What the clocks of the zone show; an hour with the offset, since they may show it twice. */
function clockTime(time: number | null, zone: TimeZone, unit: 'day' | 'hour'): string | null {
  if (time === null) return null
  const offset = zone.offsetAt(time)
  const text = new Date(time + offset).toISOString()
  if (unit === 'day') return text.slice(0, text.indexOf('T'))
  const minutes = Math.abs(Math.trunc(offset / 60_000))
  const distance = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${text.slice(0, -8).replace('T', ' ')}${offset < 0 ? '-' : '+'}${distance.join(':')}`
}

/** What a terminal would not show, or would obey, is shown as an escape. */
function shown(value: string | null): string {
  return value === null
    ? '-'
    : value.replaceAll(/\p{C}/gu, (char) => JSON.stringify(char).slice(1, -1)) || '""'
}

function widthOf(text: string): number {
  return [...text].length
}

function figure(count: number): string {
  return count.toLocaleString('en-US')
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of some columns, in eighths of one; a group that has any message has at least one. */
function barOf(columns: number): string {
  const eighths = columns === 0 ? 0 : Math.max(1, Math.round(columns * EIGHTHS.length))
  return '█'.repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[eighths % EIGHTHS.length] ?? '')
}

function colored(bar: string, style: BarStyle | null): string {
  return bar === '' || style?.isColored !== true ? bar : `\u001B[36m${bar}\u001B[39m`
}
