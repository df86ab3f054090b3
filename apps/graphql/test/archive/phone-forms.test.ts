import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

const SENT = [
  '+493023125380',
  '0049 30 23125380',
  '493023125380@c.us',
  'whatsapp:+493023125380',
  '+49 (30) 231-25380',
]
const OCTOPODS = {
  rows: [
    ...SENT.map((phoneNumber, index) => plainOctopodsRow(index + 1, { phoneNumber })),
    plainOctopodsRow(11, { phoneNumber: '+4915112345678' }),
    plainOctopodsRow(12, { phoneNumber: '+14155552671' }),
    plainOctopodsRow(13, { phoneNumber: '120363040000000000@g.us' }),
  ],
}
const WACR = {
  rows: [
    plainWacrRow(21, { senderId: '493023125380', direction: 'inbound' }),
    plainWacrRow(22, { senderId: '493023125380:7@s.whatsapp.net', direction: 'inbound' }),
    plainWacrRow(23, { senderId: '123456789012345@lid', direction: 'inbound' }),
    plainWacrRow(24, { senderId: 'shop-bot' }),
    plainWacrRow(25, { senderId: '521555551234' }),
  ],
}

const QUERY = `query ($filter: MessageFilter) {
  messages(filter: $filter, first: 100) { totalCount nodes { upstreamId from to raw } }
}`

interface Row {
  readonly upstreamId: string
  readonly from: string | null
  readonly to: string | null
  readonly raw: Readonly<Record<string, unknown>>
}

async function rowsOf(server: Harness, filter: object): Promise<readonly Row[]> {
  const { data, errors } = await server.ask(QUERY, { filter })
  expect(errors).toEqual([])
  return (data?.['messages'] as { readonly nodes: readonly Row[] } | undefined)?.nodes ?? []
}

async function idsOf(server: Harness, filter: object): Promise<number[]> {
  const rows = await rowsOf(server, filter)
  return rows.map(({ upstreamId }) => Number(upstreamId)).toSorted((a, b) => a - b)
}

const ONE_NUMBER = [1, 2, 3, 4, 5, 21, 22]

const QUESTIONS: readonly [what: string, filter: object, ids: readonly number[]][] = [
  ...[
    ...SENT,
    '493023125380',
    'tel:+49-30-231-25380',
    '\u202A+49\u00A030\u00A023125380\u202C',
    '030 23125380',
  ].map((eq): [string, object, number[]] => [`either party, written ${eq}`, { phone: { eq } }, ONE_NUMBER]),
  ['the recipient', { to: { in: ['0049 30 23125380', '0151 12345678'] } }, [1, 2, 3, 4, 5, 11]],
  ['the sender', { from: { eq: '(030) 23125380' } }, [21, 22]],
  ['another sender', { from: { ne: '0049 30 23125380' } }, [23, 24, 25]],
  ['the numbers of a country', { phone: { startsWith: '0049' } }, [...ONE_NUMBER.slice(0, 5), 11, 21, 22]],
  ['the same, as digits', { phone: { startsWith: '49' } }, [...ONE_NUMBER.slice(0, 5), 11, 21, 22]],
  ['an area of the country', { phone: { startsWith: '030' } }, ONE_NUMBER],
  ['all numbers', { phone: { startsWith: '+' } }, [...ONE_NUMBER.slice(0, 5), 11, 12, 21, 22, 25]],
  ['a group', { to: { eq: '120363040000000000@g.us' } }, [13]],
  ['an id', { from: { eq: '123456789012345@lid' } }, [23]],
  ['ids that begin alike', { from: { startsWith: 'shop-' } }, [24]],
  ['the other form of a Mexican number', { from: { eq: '+52 155 5551 2345' } }, []],
  ['a whole number as a beginning', { to: { startsWith: '+49 (0)30 23125380' } }, [1, 2, 3, 4, 5]],
]

describe.each(PLACES)('$engine', ({ createPlace }) => {
  test('finds a number in every form, read live and archived', async () => {
    const upstreams = await startUpstreams({ octopods: OCTOPODS, wacr: WACR })
    const live = await serve(upstreams, { defaultCountry: 'DE' })
    const archived = await serve(upstreams, {
      defaultCountry: 'DE',
      archive: await emptyArchive(createPlace),
    })
    await expect
      .poll(() => idsOf(archived, {}), PATIENCE)
      .toHaveLength(OCTOPODS.rows.length + WACR.rows.length)
    for (const server of [live, archived]) {
      for (const [what, filter, ids] of QUESTIONS) {
        expect({ what, ids: await idsOf(server, filter) }).toEqual({ what, ids })
      }
      for (const { from, to } of await rowsOf(server, { phone: { eq: SENT[0] } })) {
        expect(from ?? to).toBe('+493023125380')
      }
      const [row] = await rowsOf(server, { to: { in: [SENT[0]] }, phone: { startsWith: '+' } })
      expect(SENT).toContain(row?.raw['user_phone_number'])
    }
  })
})

test.each([
  ['+49%', 'this is no phone number.'],
  ['1234567', 'it has 7 digits, and a number has 8 to 15.'],
  ['1234567890123456', 'it has 16 digits, and a number has 8 to 15.'],
  ['030 23125380', 'set "defaultCountry"'],
])('refuses %s and says which forms are taken', async (eq, problem) => {
  const server = await serve(await startUpstreams(), {})
  for (const filter of [
    { from: { eq } },
    { to: { in: ['+493023125380', eq] } },
    { phone: { notIn: [eq] } },
  ]) {
    const { errors } = await server.ask(QUERY, { filter })
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_FILTER' } }])
    expect(errors[0]?.message).toContain(`"${eq}" is not a valid value: `)
    expect(errors[0]?.message).toContain(problem)
    expect(errors[0]?.message).toContain('+49 30 23125380, 0049 30 23125380')
  }
})
