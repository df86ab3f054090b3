import { kindOf, type Problem } from './problem.js'

/** The problem with a response that is not OK: `{ "errors": [{ "message", "extensions": { "code" } }] }`. */
export async function problemOfResponse(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  const errors = isRecord(body) && Array.isArray(body['errors']) ? body['errors'] : []
  const [first] = errors as readonly unknown[]
  const message = isRecord(first) && typeof first['message'] === 'string' ? first['message'] : ''
  const extensions = isRecord(first) ? first['extensions'] : null
  const code = isRecord(extensions) && typeof extensions['code'] === 'string' ? extensions['code'] : ''
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return { kind: kindOf(code), message, retryAfterSeconds: Number.isNaN(seconds) ? null : seconds }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
