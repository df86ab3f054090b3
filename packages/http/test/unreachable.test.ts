import { execFile } from 'node:child_process'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { promisify } from 'node:util'
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
  test('that is self-signed: names how to trust it', async () => {
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
  const used = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://me:s3cret@proxy.example:3128' }
  const judge = (cause: unknown, environment: Record<string, string>, address = url) =>
    judgeFault({ kind: 'network', begun: false, error: cause }, address, environment)

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
  ])('that is not used may be the reason: %j', (environment, hint) => {
    for (const kind of ['network', 'timeout'] as const) {
      const { remedy } = judgeFault({ kind, begun: false, error }, url, environment)
      expect(remedy).toMatch(new RegExp(`^[A-Z].*\\. ${hint}$`))
      expect(remedy).not.toContain('s3cret')
    }
  })

  test.each([{ NO_PROXY: 'tenant.example' }, { NO_PROXY: 'a.example, .example' }, { no_proxy: '*' }])(
    'is not spoken of for a host without one: %j',
    (environment) => {
      const { happened, remedy } = judge(error, { ...used, ...environment })
      expect(happened).toBe(
        'could not be reached: nothing accepts connections at tenant.example:443 (ECONNREFUSED)',
      )
      expect(remedy).toBe('Check host and port in options.baseUrl, and that the upstream is running.')
    },
  )

  test.each([
    [{}, 'proxy.example:3128', 'HTTPS_PROXY'],
    [{ https_proxy: 'http://other.example' }, 'other.example:80', 'https_proxy'],
    [{ HTTPS_PROXY: '', HTTP_PROXY: 'http://s3cret@[::1]:8080' }, '[::1]:8080', 'HTTP_PROXY'],
    [
      { NODE_USE_ENV_PROXY: '0', NODE_OPTIONS: '--use-env-proxy', NO_PROXY: 'tenant.example:8443' },
      'proxy.example:3128',
      'HTTPS_PROXY',
    ],
  ])('that refuses connections is named with its variable: %j', (environment, place, variable) => {
    const { happened, remedy, retryable } = judge(error, { ...used, ...environment })
    expect(happened).toBe(
      `could not be reached: nothing accepts connections at ${place}; that is the proxy of the environment variable ${variable} (ECONNREFUSED)`,
    )
    expect(remedy).toBe(
      `Check ${variable} and the proxy; where tenant.example is reached without a proxy, add it to NO_PROXY before the start.`,
    )
    expect(retryable).toBe(true)
  })

  test.each([
    ['ENOTFOUND', 'the host name proxy.example is unknown; that is the proxy', false],
    ['EHOSTUNREACH', 'no network leads to proxy.example:3128; that is the proxy', true],
    [
      'UND_ERR_CONNECT_TIMEOUT',
      'proxy.example:3128 did not accept a connection in time; that is the proxy',
      true,
    ],
    [
      'ECONNRESET',
      'closed the connection at tenant.example:443 without an answer in HTTP, through the proxy proxy',
      true,
    ],
    [
      'CERT_HAS_EXPIRED',
      'that has expired at tenant.example:443, through the proxy proxy.example:3128 of',
      false,
    ],
  ])('is named where the connection fails with %s', (code, happened, retryable) => {
    const failure = judge(Object.assign(new Error('fetch failed'), { code }), used)
    expect(failure).toMatchObject({ happened: expect.stringContaining(happened), retryable })
    expect(`${failure.happened} ${failure.remedy}`).toMatch(/HTTPS_PROXY.*NO_PROXY/)
    expect(`${failure.happened} ${failure.remedy}`).not.toContain('s3cret')
  })

  test('is named where it does not answer in time', () => {
    const failure = judgeFault({ kind: 'timeout', begun: false, error }, url, used)
    expect(failure.happened).toBe(
      'did not answer in time at tenant.example:443 through the proxy proxy.example:3128 of the environment variable HTTPS_PROXY',
    )
  })

  test('that is not used is read from the environment of the process', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://me:s3cret-password@127.0.0.1:9')
    onTestFinished(() => void vi.unstubAllEnvs())
    const message = await messageAt(`http://127.0.0.1:${await closedPort()}/api`)
    expect(message).toContain('HTTP_PROXY is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1')
    expect(message).not.toContain('s3cret')
  })

  test('that is dead, or refuses to connect, is named by a process that uses it', async () => {
    const refusing = createHttpServer((_request, response) => response.writeHead(407).end())
    refusing.on('connect', (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    )
    const [dead, port] = [await closedPort(), await listen(refusing)]
    const script = `import { createUpstreamClient } from '@waybill/http'
      for (const url of ['http://tenant.invalid/api', 'https://tenant.invalid/api']) {
        const client = createUpstreamClient({ source: 'shop', baseUrl: new URL(url), headers: {}, secrets: [], limits: { retries: 0 } })
        await client.getJson('messages').catch(({ message }) => console.log(message))
      }`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      {
        cwd: import.meta.dirname,
        env: {
          NODE_USE_ENV_PROXY: '1',
          HTTP_PROXY: `http://me:s3cret@127.0.0.1:${dead}`,
          HTTPS_PROXY: `http://127.0.0.1:${port}`,
        },
      },
    )
    expect(stdout).toBe(
      `Source "shop" could not be reached: nothing accepts connections at 127.0.0.1:${dead}; that is the proxy of the ` +
        'environment variable HTTP_PROXY (ECONNREFUSED). Check HTTP_PROXY and the proxy; where tenant.invalid is ' +
        'reached without a proxy, add it to NO_PROXY before the start.\n' +
        `Source "shop" could not be reached: the proxy 127.0.0.1:${port} of the environment variable HTTPS_PROXY ` +
        'refuses to connect to tenant.invalid:443 (HTTP 407). Put the user name and the password of the proxy into ' +
        'HTTPS_PROXY before the start; where tenant.invalid is reached without a proxy, add it to NO_PROXY before the start.\n',
    )
  })
})
