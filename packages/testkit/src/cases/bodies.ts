import type { TrafficLimits, UpstreamErrorCode } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectThat } from '../check/conformance-failure.js'
import { expectUpstreamError } from '../check/rejection.js'
import { readsOf } from '../read/reads.js'
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
  'a list of null': '[null]',
  'a list of lists': '[[[]]]',
  'a list of empty objects': '[{}]',
  'an object with a prototype': '{"__proto__": {"data": [], "messages": [], "id": 1}}',
  'nested too deep': '['.repeat(200_000) + ']'.repeat(200_000),
}

const ECHOING_STATUSES = [200, 400, 401, 403, 418, 422, 429, 500, 503]

/** What comes from an upstream is not trusted: it is refused where it cannot be read, and not repeated. */
export function bodyCases(subject: HttpSubject): CaseDefinition[] {
  const { secrets, hostileBodies = {} } = subject.world
  const invalid = Object.entries(BODIES).map(([name, body]) => ({
    name: `body: ${name}`,
    run: () => expectRefused(subject, { status: 200, body, code: 'UPSTREAM_INVALID_RESPONSE' }),
  }))
  const own = Object.entries(hostileBodies).map(([name, body]) => ({
    name: `body: ${name}`,
    run: () => expectRefused(subject, { status: 200, body, code: 'UPSTREAM_INVALID_RESPONSE', only: 'list' }),
  }))
  return [
    ...invalid,
    ...own,
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
  /** Default: both calls. */
  readonly only?: 'list'
}

async function expectRefused(
  subject: HttpSubject,
  { status, body, code, limits, only }: Answer,
): Promise<void> {
  const stage = await setStage(subject, { count: 1 }, limits)
  const contentType = body.startsWith('<') ? 'text/html' : JSON_TYPE
  for (const { name, call } of readsOf(stage)) {
    if (name !== (only ?? name)) continue
    await stage.traffic.fail({ kind: 'answer', status, contentType, body })
    await expectUpstreamError(name, () => call(), stage.world.secrets, code)
  }
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
