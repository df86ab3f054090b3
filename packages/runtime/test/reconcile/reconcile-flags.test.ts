import { describe, expect, test } from 'vitest'
import { phoneOptions, readReconcileFlags, type ReconcileFlags } from '../../src/index.js'

function read(flags: Partial<ReconcileFlags>) {
  const errors: string[] = []
  const choices = readReconcileFlags({ map: [], ...flags }, (name) => `<${name}>`, {}, errors)
  return { errors, ...choices }
}

describe('the flags of a reconciliation', () => {
  test('leave everything to the defaults where nothing is given', () => {
    const { errors, settings, failOn } = read({})
    expect(errors).toEqual([])
    expect(settings).toEqual({})
    expect(failOn).toBeUndefined()
  })

  test.each([
    ['-2m..10m', { beforeMs: 120_000, afterMs: 600_000 }],
    ['0..90s', { beforeMs: 0, afterMs: 90_000 }],
    ['-1h30m..+2d', { beforeMs: 5_400_000, afterMs: 172_800_000 }],
  ])('read the window %s', (window, expected) => {
    expect(read({ window })).toMatchObject({ errors: [], settings: { window: expected } })
  })

  test.each([
    '2m..10m',
    '-2m',
    '-2m..10m..1h',
    '-2x..10m',
    '-2m..8d',
    '..',
    '-..10m',
    '-2m..-10m',
    '-1.5m..2m',
  ])('refuse the window %s', (window) => {
    expect(read({ window }).errors).toEqual([
      `<window>: expected two durations, such as -2m..10m, of seven days at most, found ${JSON.stringify(window)}`,
    ])
  })

  test('read a day as one of the time zone', () => {
    const span = { since: '2026-10-25', until: '2026-10-26', timeZone: 'Europe/Berlin' }
    const { settings, errors } = read(span)
    // The clocks go back on that day, which has 25 hours.
    expect(settings).toMatchObject({
      since: Date.parse('2026-10-24T22:00:00Z'),
      until: Date.parse('2026-10-25T23:00:00Z') - 1,
    })
    expect(errors).toEqual([])
  })

  test('read a day as its beginning in UTC, and leave the end of the span out', () => {
    const { settings } = read({ since: '2026-10-01', until: '2026-10-02T02:00:00+02:00', finalAfter: '3d' })
    const since = Date.parse('2026-10-01T00:00:00Z')
    expect(settings).toEqual({ since, until: since + 86_400_000 - 1, finalAfterMs: 3 * 86_400_000 })
  })

  test('find everything that is wrong at once, with the nearest name', () => {
    const { errors } = read({
      map: ['txt=Body', 'to', 'text=A', 'text=B'],
      since: '2026-13-01',
      finalAfter: 'soon',
      timeZone: 'Berlin',
      defaultCountry: 'Germany',
      failOn: 'MISSING_THEIR',
    })
    expect(errors).toHaveLength(8)
    expect(errors.join('\n')).toMatch(
      /<timeZone>: "Berlin" is no IANA time zone\. Did you mean Europe\/Berlin\?/,
    )
    expect(errors.join('\n')).toMatch(/<map>: "txt" is no field\. Did you mean text\?/)
    expect(errors.join('\n')).toMatch(/<map>: expected to=COLUMN/)
    expect(errors.join('\n')).toMatch(/<map>: the field text is given twice/)
    expect(errors.join('\n')).toMatch(
      /<failOn>: "MISSING_THEIR" is no verdict\. Did you mean MISSING_THERE\?/,
    )
  })

  test('take a field without a column as one that the log does not have', () => {
    const { errors, log } = read({ map: ['status=', 'to=Phone'] })
    expect(errors).toEqual([])
    expect(log.map).toEqual({ status: null, to: 'Phone' })
  })

  test('refuse an end that is not later than the beginning', () => {
    expect(read({ since: '2026-10-02', until: '2026-10-02' }).errors).toEqual([
      '<until>: must be later than <since>',
    ])
  })

  test('let a country of their own go before that of the configuration', () => {
    const german = phoneOptions('DE')
    const errors: string[] = []
    const nameOf = (name: string): string => name
    expect(readReconcileFlags({ map: [] }, nameOf, german, errors).log.national?.country).toBe('DE')
    const french = readReconcileFlags({ map: [], defaultCountry: 'fr' }, nameOf, german, errors)
    expect(french.log.national?.country).toBe('FR')
    expect(errors).toEqual([])
  })
})
