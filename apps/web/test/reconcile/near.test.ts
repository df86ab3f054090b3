import { describe, expect, test } from 'vitest'
import type { ChosenLog } from '../../src/reconcile/log-mapping.js'
import { readTable } from '../../src/reconcile/log-table.js'
import { nearSearch, type NearSearch } from '../../src/reconcile/near.js'

/** What is searched for beside an entry of a log with these values. */
async function searchFor(to: string, at: string, change: Partial<ChosenLog> = {}): Promise<NearSearch> {
  const file = new File([`To;At;Text\n${to};${at};Hello\n`], 'log.csv')
  const table = await readTable(file, null)
  const log = { file, table, given: {}, timeZone: 'UTC', country: '', sources: [], ...change }
  return nearSearch(log, table.rows[0] ?? [])
}

const AT = '2026-11-03T10:00:00.000Z'

describe('messages near an entry', () => {
  test('are those that were sent to its number, of the sources that were chosen, before and after its time', async () => {
    const common = {
      contact: { eq: '+4930231380' },
      direction: { eq: 'OUTBOUND' },
      source: { in: ['octo'] },
    }
    expect(await searchFor('+4930231380', AT, { sources: ['octo'] })).toEqual({
      kind: 'search',
      variables: {
        before: { ...common, sentAt: { gte: '2026-11-02T10:00:00.000Z', lte: AT } },
        after: { ...common, sentAt: { gt: AT, lte: '2026-11-04T10:00:00.000Z' } },
        count: 3,
        isTimed: true,
      },
    })
  })

  test('are the newest ones where it has no time, and none where it has no number', async () => {
    expect(await searchFor('+4930231380', '')).toMatchObject({ variables: { count: 6, isTimed: false } })
    expect(await searchFor('', AT)).toEqual({ kind: 'noNumber' })
  })

  test.each(['030 231380', '(030) 231380', '231380', '415 555 2671', "'030231380"])(
    'are not searched for by a national number of a country that was chosen: %s',
    async (number) => {
      expect((await searchFor(number, AT)).kind).toBe('search')
      expect(await searchFor(number, AT, { country: 'US' })).toEqual({ kind: 'national' })
    },
  )

  test.each([
    '+4930231380',
    '0049 30 231380',
    '(+49) 30 231380',
    'whatsapp:+4930231380',
    'US.13491208655302741918',
  ])('are searched for by what needs no country, whichever was chosen: %s', async (number) => {
    expect((await searchFor(number, AT, { country: 'US' })).kind).toBe('search')
  })
})
