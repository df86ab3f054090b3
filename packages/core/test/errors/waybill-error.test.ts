import { describe, expect, it } from 'vitest'
import { ConfigurationError, ERROR_CODES, UpstreamError, WaybillError } from '../../src/index.js'

describe('a Waybill error', () => {
  it('carries its code, its cause, and what is known about the code', () => {
    const cause = new Error('inner')
    const error = new WaybillError('INVALID_CURSOR', 'The cursor is of another query.', { cause })
    expect(error).toMatchObject({ name: 'WaybillError', code: 'INVALID_CURSOR', cause })
    expect(error.message).toBe('The cursor is of another query.')
    expect(error.info).toBe(ERROR_CODES.INVALID_CURSOR)
    expect(error).toBeInstanceOf(Error)
  })

  it('names the source that failed', () => {
    const error = new UpstreamError('UPSTREAM_RATE_LIMITED', 'Too many requests.', {
      source: 'shop',
      retryAfterSeconds: 30,
      status: 429,
    })
    expect(error).toBeInstanceOf(WaybillError)
    expect(error).toMatchObject({
      name: 'UpstreamError',
      code: 'UPSTREAM_RATE_LIMITED',
      source: 'shop',
      retryAfterSeconds: 30,
      status: 429,
      upstreamCode: undefined,
    })
    expect(error.info.retryable).toBe(true)
  })
})

describe('a configuration error', () => {
  it.each([
    [[], '(root): expected a text, found a number'],
    [['server'], 'server: expected a text, found a number'],
    [['sources', 0, 'options', 'apiKey'], 'sources[0].options.apiKey: expected a text, found a number'],
    [[2, 'id'], '[2].id: expected a text, found a number'],
    [['headers', 'a.b', ''], 'headers["a.b"][""]: expected a text, found a number'],
  ])('names the path %j', (path, message) => {
    expect(messageFor(path)).toBe(message)
  })

  it('lists everything that is wrong, a line each', () => {
    const issues = [
      { path: ['server', 'port'], expected: 'a port from 0 to 65535', found: '70000' },
      { path: ['sources'], expected: 'a list', found: 'nothing' },
    ]
    const error = new ConfigurationError(issues)
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'INVALID_CONFIGURATION', issues })
    expect(error.message).toBe(
      'server.port: expected a port from 0 to 65535, found 70000\nsources: expected a list, found nothing',
    )
  })
})

function messageFor(path: (string | number)[]): string {
  return new ConfigurationError([{ path, expected: 'a text', found: 'a number' }]).message
}
