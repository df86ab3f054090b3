import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'

const engine = createEngine({ sources: [{ id: 'shop', ...memoryProvider([]) }] })

it.each<[Readonly<Record<string, unknown>>, RegExp]>([
  [{ timeZone: 'Europe/Berln' }, /timeZone is "Europe\/Berln".* Did you mean Europe\/Berlin\?/],
  [{ timeZone: 'berlin' }, /Did you mean Europe\/Berlin\?/],
  [{ timeZone: 'New York' }, /Did you mean America\/New_York\?/],
  [{ timeZone: '+02:00' }, /is no IANA time zone\. Give a name such as Europe\/Berlin or UTC\./],
  [{ timeZone: '' }, /timeZone is "", which is no IANA time zone/],
  [{ timeZone: 'x'.repeat(10_000) }, /is no IANA time zone/],
  [{ timeZone: '__proto__' }, /is no IANA time zone/],
  [{ timeZone: 7 }, /timeZone is number; give the name of a time zone/],
  [{ by: ['STATUSS'] }, /by holds "STATUSS"\. Did you mean STATUS\? Give some of SOURCE, DAY, HOUR, STATUS/],
  [{ by: [{}] }, /by holds object\. Give some of/],
  [{ by: 'STATUS' }, /by is string; give an array of keys/],
  [{ zone: 'UTC' }, /The query has the unknown argument "zone".*timeZone/],
  [{ first: 5 }, /The query has the unknown argument "first"/],
  [{ maxUpstreamRequests: 0 }, /maxUpstreamRequests is 0; give a whole number of at least 1/],
  [{ search: 7 }, /search is number; give text or null/],
])('refuses %j and says what is allowed', async (query, message) => {
  const refusal = engine.counts(query)
  await expect(refusal).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  })
})

it('takes a zone in any letter case, and an hour beside a day', async () => {
  await expect(
    engine.counts({ timeZone: 'europe/BERLIN', by: ['DAY', 'HOUR', 'HOUR'] }),
  ).resolves.toMatchObject({
    total: 0,
    groups: [],
  })
})
