import { expect, test } from 'vitest'
import { parseView } from '../../src/address/view.js'
import { downloadName } from '../../src/download/download-name.js'

const NOW = new Date(2026, 10, 29, 5, 3).getTime()

function nameOf(view: string): string {
  return downloadName(parseView(view), 'csv', NOW)
}

test('the name of everything is when it was saved', () => {
  expect(nameOf('')).toBe('messages_saved-2026-11-29-0503.csv')
})

test.each([
  ['?status=failed,sent&source=octo', 'messages_octo_sent_failed'],
  ['?time=2026-11-01..2026-11-02', 'messages_from-2026-11-01_to-2026-11-02'],
  ['?time=2026-11-01..', 'messages_from-2026-11-01'],
  ['?time=yesterday&direction=inbound&type=text', 'messages_inbound_text_from-2026-11-28_to-2026-11-28'],
])('a name says what is in the file: %s', (view, expected) => {
  expect(nameOf(view)).toBe(`${expected}_saved-2026-11-29-0503.csv`)
})

test('a name says that the list was searched, and not for what', () => {
  expect(nameOf('?q=%2B49%2030%2023125380')).toBe('messages_search_saved-2026-11-29-0503.csv')
})

test.each(['../../etc', 'a/b\\c', 'größe:*?"<>|', 'x'.repeat(1000)])(
  'a source cannot make a name that no file system takes: %s',
  (source) => {
    const name = nameOf(`?source=${encodeURIComponent(source)}`)
    expect(name).toMatch(/^messages_[\w.-]+\.csv$/)
    expect(name.length).toBeLessThan(220)
  },
)
