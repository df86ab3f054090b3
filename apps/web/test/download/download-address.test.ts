import { parseMessageFilter } from '@waybill/core'
import { expect, test } from 'vitest'
import { parseView } from '../../src/address/view.js'
import { downloadAddress } from '../../src/download/download-address.js'
import { queryOf } from '../../src/search/list-query.js'

function addressOf(view: string, format: 'csv' | 'xlsx' = 'csv'): string {
  return downloadAddress(queryOf(parseView(view), 0), format, 'Europe/Berlin')
}

test('the download of everything has no query string', () => {
  expect(addressOf('')).toBe('messages.csv')
})

test('a download asks for what the list shows', () => {
  const address = addressOf(
    '?q=%2B49%2030%2023125380&status=failed,read&direction=inbound&type=text&source=shop&time=2026-11-01..2026-11-02',
  )
  expect(parseMessageFilter(address.slice(address.indexOf('?')))).toEqual([
    { field: 'status', operator: 'in', values: ['READ', 'FAILED'] },
    { field: 'direction', operator: 'eq', values: ['INBOUND'] },
    { field: 'type', operator: 'in', values: ['TEXT'] },
    { field: 'source', operator: 'in', values: ['shop'] },
    { field: 'contact', operator: 'eq', values: ['+493023125380'] },
    { field: 'sentAt', operator: 'gte', value: new Date(2026, 10, 1).getTime() },
    { field: 'sentAt', operator: 'lt', value: new Date(2026, 10, 3).getTime() },
  ])
})

test.each(['50% off & more', 'a=b#c', '“quotes”, +plus', 'مرحبا 😀'])(
  'a searched text survives: %s',
  (text) => {
    const address = addressOf(`?as=text&q=${encodeURIComponent(text)}`)
    expect(new URL(address, 'http://localhost').searchParams.get('search')).toBe(text)
  },
)

test('the zone is given for the format that has local times only', () => {
  expect(addressOf('', 'xlsx')).toBe('messages.xlsx?timeZone=Europe%2FBerlin')
})
