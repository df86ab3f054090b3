import type { ListResult, TrafficLimits, UpstreamErrorCode } from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { attempt, expectUpstreamError } from '../read/rejection.js'
import { readsOf, requestFor } from '../read/reads.js'
import { setStage, type HttpSubject } from '../read/stage.js'

const JSON_TYPE = 'application/json'
const HTML = '<!doctype html><html><head><title>Maintenance</title></head><body>Back soon</body></html>'

/** Answers of HTTP 200 that are none, whatever the upstream. */
const BODIES: Readonly<Record<string, string>> = {
  empty: '',
  'cut off': '{"data": [{"id": 1',
  'an HTML page': HTML,
  null: 'null',
  'a number': '7',
  text: '"messages"',
  'an object with a prototype': '{"__proto__": {"data": [], "messages": [], "id": 1}}',
  'nested too deep': '['.repeat(200_000) + ']'.repeat(200_000),
}

/** Lists of nothing that could be a message, whatever the upstream; a single message they are even less. */
const UNREADABLE_LISTS: Readonly<Record<string, string>> = {
  'a list of null': '[null]',
  'a list of lists': '[[[]]]',
  'a list of empty objects': '[{}]',
}

const ECHOING_STATUSES = [200, 400, 401, 403, 418, 422, 429, 500, 503]

/** What comes from an upstream is not trusted: it is refused where it cannot be read, and not repeated. */
export function bodyCases(subject: HttpSubject): CaseDefinition[] {
  const { secrets, hostileBodies = {} } = subject.world
  const invalid = Object.entries(BODIES).map(([name, body]) => ({
    name: `body: ${name}`,
    run: () => expectRefused(subject, { status: 200, body, code: 'UPSTREAM_INVALID_RESPONSE' }),
  }))
  const lists = Object.entries({ ...UNREADABLE_LISTS, ...hostileBodies }).map(([name, body]) => ({
    name: `body: ${name}`,
    run: () => expectNothingRead(subject, body, name in UNREADABLE_LISTS),
  }))
  return [
    ...invalid,
    ...lists,
    {
      name: 'body: larger than limits.maxBodyBytes',
      run: () =>
        expectRefused(subject, {
          status: 200,
          body: JSON.stringify('x'.repeat(5000)),
          code: 'UPSTREAM_INVALID_RESPONSE',
          limits: { maxBodyBytes: 1000 },
        }),
    },
    {
      name: 'body: credentials echoed in every answer',
      run: async () => {
        expectThat('secrets of the world', secrets.length > 0, 'at least one', secrets.length)
        for (const status of ECHOING_STATUSES) {
          for (const body of echoes(secrets)) await expectRefused(subject, { status, body })
        }
      },
    },
  ]
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly code?: UpstreamErrorCode
  readonly limits?: TrafficLimits
}

async function expectRefused(subject: HttpSubject, { status, body, code, limits }: Answer): Promise<void> {
  const stage = await setStage(subject, { count: 1 }, limits)
  const contentType = body.startsWith('<') ? 'text/html' : JSON_TYPE
  for (const { name, call } of readsOf(stage)) {
    await stage.traffic.fail({ kind: 'answer', status, contentType, body })
    await expectUpstreamError(name, () => call(), stage.world.secrets, code)
  }
}

/** A list is refused as a whole, or every row of it is set aside; never is a message made of it. */
async function expectNothingRead(subject: HttpSubject, body: string, alsoGet: boolean): Promise<void> {
  const stage = await setStage(subject, { count: 1 })
  const { secrets } = stage.world
  const code = 'UPSTREAM_INVALID_RESPONSE'
  await stage.traffic.fail({ kind: 'answer', status: 200, contentType: JSON_TYPE, body })
  const list = (): Promise<ListResult> => stage.provider.list(requestFor(stage.capabilities, {}))
  const outcome = await attempt(list)
  if ('error' in outcome)
    await expectUpstreamError('list', () => Promise.reject(outcome.error), secrets, code)
  else expectSetAside(outcome.value)
  for (const { name, call } of readsOf(stage)) {
    if (alsoGet && name === 'get') await expectUpstreamError(name, () => call(), secrets, code)
  }
}

function expectSetAside({ messages, rejected = [] }: ListResult): void {
  expectEqual('the messages of the list', messages, [])
  expectThat('the rows that are set aside', rejected.length > 0, 'all rows of the list', rejected)
}

/** The credentials as a key, as a value, as text, as a header, and as an address. */
function echoes(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [
    JSON.stringify({ [secret]: secret, error: { code: secret, message: `Bearer ${secret} is refused` } }),
    JSON.stringify({ error_code: secret, message: encodeURIComponent(secret), errors: [secret] }),
    JSON.stringify(secret),
    `The key ${secret} is refused.`,
    `<html><title>${secret}</title></html>`,
  ])
}
