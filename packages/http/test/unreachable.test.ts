import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { judgeFault } from '../src/outcome/network-fault.js'
import { connect, SECRET, upstreamError } from './support/connect.js'

const YEAR_MS = 365 * 86_400_000
const PARAMETERS = { searchParams: { search: 's3cret-search' } }

interface Certificate {
  readonly private: string
  readonly cert: string
}

/** A certificate for the address of loopback, or another name. */
function makeCertificate(
  name: string,
  [from, to]: readonly [number, number] = [-1, 1],
): Promise<Certificate> {
  const subject = name === '127.0.0.1' ? { type: 7 as const, ip: name } : { type: 2 as const, value: name }
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() + from * YEAR_MS),
    notAfterDate: new Date(Date.now() + to * YEAR_MS),
    extensions: [{ name: 'subjectAltName', altNames: [subject] }],
  })
}

const trustedBefore = getCACertificates('default')
afterAll(() => setDefaultCACertificates(trustedBefore))

function trust({ cert }: Certificate): void {
  setDefaultCACertificates([...getCACertificates('default'), cert])
}

/** The port of a server until the test ends. */
async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function closedPort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function serveTls({ private: key, cert }: Certificate): Promise<number> {
  return listen(createTlsServer({ key, cert }, (_request, response) => response.end('{}')))
}

/** What is said of an upstream at an address: neither query nor credential is in it. */
async function messageAt(baseUrl: string): Promise<string> {
  const client = connect({ url: new URL(baseUrl) }, { limits: { retries: 0 } })
  const { message } = await upstreamError(client.getJson('messages', PARAMETERS))
  expect(message).not.toMatch(new RegExp(`${SECRET}|s3cret-search|messages`))
  return message
}

describe('a certificate', () => {
  test('that is self-signed: says how it is trusted', async () => {
    const port = await serveTls(await makeCertificate('127.0.0.1'))
    expect(await messageAt(`https://127.0.0.1:${port}/api`)).toBe(
      `Source "shop" shows a certificate that this machine does not trust at 127.0.0.1:${port} ` +
        '(DEPTH_ZERO_SELF_SIGNED_CERT). If the certificate or its authority is your own, name its PEM file in the ' +
        'environment variable NODE_EXTRA_CA_CERTS before the start.',
    )
  })

  test('that is trusted is not complained of', async () => {
    const certificate = await makeCertificate('127.0.0.1')
    trust(certificate)
    const client = connect({ url: new URL(`https://127.0.0.1:${await serveTls(certificate)}/api`) })
    expect(await client.getJson('messages')).toEqual({})
  })

  test('that has expired', async () => {
    const certificate = await makeCertificate('127.0.0.1', [-2, -1])
    trust(certificate)
    expect(await messageAt(`https://127.0.0.1:${await serveTls(certificate)}/api`)).toMatch(
      /shows a certificate that has expired at 127\.0\.0\.1:\d+ \(CERT_HAS_EXPIRED\)\. Have the certificate renewed, or correct the clock/,
    )
  })

  test('that is not valid yet', async () => {
    const certificate = await makeCertificate('127.0.0.1', [1, 2])
    trust(certificate)
    expect(await messageAt(`https://127.0.0.1:${await serveTls(certificate)}/api`)).toMatch(
      /shows a certificate that is not valid yet at \S+ \(CERT_NOT_YET_VALID\)\. Correct the clock/,
    )
  })

  test('for another name', async () => {
    const certificate = await makeCertificate('tenant.example')
    trust(certificate)
    expect(await messageAt(`https://127.0.0.1:${await serveTls(certificate)}/api`)).toMatch(
      /shows a certificate that is not for 127\.0\.0\.1 at \S+ \(ERR_TLS_CERT_ALTNAME_INVALID\)\. Use a host name of the certificate in options\.baseUrl\.$/,
    )
  })

  test('is not tried a second time', async () => {
    let connections = 0
    const { private: key, cert } = await makeCertificate('127.0.0.1')
    const server = createTlsServer({ key, cert })
    server.on('connection', () => (connections += 1))
    const url = new URL(`https://127.0.0.1:${await listen(server)}/api`)
    const error = await upstreamError(connect({ url }, { limits: { retries: 3 } }).getJson('messages'))
    expect([error.code, connections]).toEqual(['UPSTREAM_UNAVAILABLE', 1])
  })
})

describe('the wrong protocol', () => {
  test('TLS to a port of plain HTTP', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('{}')))
    expect(await messageAt(`https://127.0.0.1:${port}/api`)).toMatch(
      new RegExp(
        `does not speak TLS at 127\\.0\\.0\\.1:${port} \\(ERR_SSL_\\w+\\)\\. .*options\\.baseUrl has to begin with http://`,
      ),
    )
  })

  test('plain HTTP to a port of TLS', async () => {
    const port = await serveTls(await makeCertificate('127.0.0.1'))
    expect(await messageAt(`http://127.0.0.1:${port}/api`)).toMatch(
      new RegExp(
        `closed the connection at 127\\.0\\.0\\.1:${port} .*options\\.baseUrl has to begin with https://`,
      ),
    )
  })

  test.each([
    ['nginx', '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>'],
    ['Go', 'Client sent an HTTP request to an HTTPS server.\n'],
    ['Apache', "<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.</p>"],
  ])('plain HTTP to a port of TLS, as %s answers it', async (_name, body) => {
    const port = await listen(createHttpServer((_request, response) => response.writeHead(400).end(body)))
    expect(await messageAt(`http://127.0.0.1:${port}/api`)).toContain(
      `expects TLS at 127.0.0.1:${port} (HTTP 400). options.baseUrl has to begin with https://.`,
    )
  })

  test('something that is not HTTP', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')))
    expect(await messageAt(`http://127.0.0.1:${port}/api`)).toMatch(
      /closed the connection at \S+ without an answer in HTTP \((?:HPE_\w+|HTTPParserError)\)/,
    )
  })
})

describe('an address', () => {
  test('at which nothing listens', async () => {
    const port = await closedPort()
    expect(await messageAt(`http://127.0.0.1:${port}/api`)).toBe(
      `Source "shop" could not be reached: nothing accepts connections at 127.0.0.1:${port} (ECONNREFUSED). ` +
        'Check host and port in options.baseUrl, and that the upstream is running.',
    )
  })

  test('whose name is unknown', async () => {
    expect(await messageAt('https://waybill.invalid/api')).toMatch(
      /could not be reached: the host name waybill\.invalid (?:is unknown|cannot be looked up now) \((?:ENOTFOUND|EAI_AGAIN)\)\. .*HTTPS_PROXY and NODE_USE_ENV_PROXY=1/,
    )
  })

  test('with a port that no client sends to', async () => {
    expect(await messageAt('http://127.0.0.1:6000/api')).toBe(
      'Source "shop" could not be reached at 127.0.0.1:6000: no HTTP client sends to this port. Correct the port in options.baseUrl.',
    )
  })

  test('that resets the connection', async () => {
    const port = await listen(createTcpServer((socket) => void socket.resetAndDestroy()))
    expect(await messageAt(`http://127.0.0.1:${port}/api`)).toMatch(
      /closed the connection at \S+ without an answer in HTTP \((?:ECONNRESET|UND_ERR_SOCKET)\)\. Try again later\./,
    )
  })
})

describe('a proxy', () => {
  const url = new URL('https://tenant.example/api/v2?search=s3cret')
  const error = Object.assign(new Error('fetch failed'), { code: 'ECONNREFUSED' })

  test.each([
    [
      {},
      'Where this machine reaches others through a proxy only, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1 before the start.',
    ],
    [
      { HTTPS_PROXY: 'http://me:s3cret@proxy.example' },
      'HTTPS_PROXY is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1, set before the start.',
    ],
    [
      { https_proxy: 'http://me:s3cret@proxy.example' },
      'https_proxy is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1, set before the start.',
    ],
    [
      { HTTPS_PROXY: 'http://s3cret', NODE_USE_ENV_PROXY: '1' },
      'Requests go through the proxy that HTTPS_PROXY names: check that too.',
    ],
    [
      { HTTPS_PROXY: 'http://s3cret', NODE_OPTIONS: '--use-env-proxy' },
      'Requests go through the proxy that HTTPS_PROXY names: check that too.',
    ],
  ])('is named by its variable alone: %j', (environment, hint) => {
    for (const kind of ['network', 'timeout'] as const) {
      const { remedy } = judgeFault({ kind, begun: false, error }, url, environment)
      expect(remedy).toMatch(new RegExp(`^[A-Z].*\\. ${hint}$`))
      expect(remedy).not.toContain('s3cret')
    }
  })

  test.each([{ NO_PROXY: 'tenant.example' }, { NO_PROXY: 'a.example, .example' }, { no_proxy: '*' }])(
    'is not spoken of for a host without one: %j',
    (environment) => {
      const { remedy } = judgeFault({ kind: 'network', begun: false, error }, url, environment)
      expect(remedy).toBe('Check host and port in options.baseUrl, and that the upstream is running.')
    },
  )

  test('is read from the environment of the process', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://me:s3cret-password@127.0.0.1:9')
    onTestFinished(() => void vi.unstubAllEnvs())
    const message = await messageAt(`http://127.0.0.1:${await closedPort()}/api`)
    expect(message).toContain('HTTP_PROXY is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1')
    expect(message).not.toContain('s3cret')
  })
})
