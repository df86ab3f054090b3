import { plainOctopodsRow } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { parseLines, startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

const octopods = {
  rows: [
    plainOctopodsRow(1, { phoneNumber: '493023125380@c.us' }),
    plainOctopodsRow(2, { phoneNumber: '+14155552671' }),
  ],
}
const ARGUMENTS = ['export', '--source', 'octo', '--fields', 'upstreamId,to', '--filter']

test.each([
  'filter[to]=+49 (30) 231-25380',
  'filter[to][in]=0049 30 23125380,whatsapp:+4930123456',
  'filter[to]=030 23125380',
  'filter[to][starts_with]=0049',
  'filter[to][starts_with]=030',
])('--filter finds a number in any form: %s', async (clause) => {
  const { cwd } = await startUpstreams({ octopods, defaultCountry: 'DE' })

  const { code, stdout } = await runWaybill([...ARGUMENTS, clause], { cwd })
  expect({ code, lines: parseLines(stdout) }).toEqual({
    code: 0,
    lines: [{ upstreamId: '1', to: '+493023125380' }],
  })
})

test('--filter refuses what can be no number, and a national number without a country', async () => {
  const { cwd } = await startUpstreams({ octopods })
  const impossible = await runWaybill([...ARGUMENTS, 'filter[to]=+49%'], { cwd })
  expect(impossible).toMatchObject({ code: 2, stdout: '' })
  expect(impossible.stderr).toContain(
    '"+49%" is not a value of "to": this is no phone number. Allowed: a number of 8',
  )
  const national = await runWaybill([...ARGUMENTS, 'filter[to]=030 23125380'], { cwd })
  expect(national).toMatchObject({ code: 2, stdout: '' })
  expect(national.stderr).toContain('set "defaultCountry"')
})
