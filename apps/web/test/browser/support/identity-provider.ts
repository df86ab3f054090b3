import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** What access tokens are for. */
export const AUDIENCE = 'https://waybill.example'

const HOUR_S = 3600

/** An identity provider in this process, whose login asks for any name and any password. */
export interface IdentityProvider extends AsyncDisposable {
  readonly issuer: string
  /** Lets a page log in as the public client `page`. */
  register(redirectUri: string): void
  /** How often tokens were given: for a code, and for a refresh token. */
  readonly granted: { code: number; refresh: number }
  /** Whether it answers. */
  isUp: boolean
  /** How long an access token is good, in seconds. */
  tokenSeconds: number
  /** Whether an access token can be renewed. */
  isRenewing: boolean
}

/** Starts it on loopback. */
export async function startIdentityProvider(tokenSeconds: number): Promise<IdentityProvider> {
  const absent: RequestListener = (_, response) => response.writeHead(503).end()
  let handle = absent
  const server = createServer((request, response) => (provider.isUp ? handle : absent)(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const granted = { code: 0, refresh: 0 }
  const provider: IdentityProvider = {
    issuer,
    granted,
    isUp: true,
    tokenSeconds,
    isRenewing: true,
    register: (redirectUri) => {
      const implementation = new Provider(issuer, {
        clients: [
          {
            client_id: 'page',
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code', 'refresh_token'],
            redirect_uris: [redirectUri],
          },
        ],
        clientBasedCORS: (_, origin) => origin === new URL(redirectUri).origin,
        issueRefreshToken: () => Promise.resolve(provider.isRenewing),
        ttl: {
          AccessToken: () => provider.tokenSeconds,
          Grant: HOUR_S,
          IdToken: HOUR_S,
          Interaction: HOUR_S,
          RefreshToken: HOUR_S,
          Session: HOUR_S,
        },
        features: {
          resourceIndicators: {
            enabled: true,
            defaultResource: () => AUDIENCE,
            getResourceServerInfo: () => ({
              scope: 'messages:read messages:content',
              audience: AUDIENCE,
              accessTokenFormat: 'jwt',
            }),
            useGrantedResource: () => true,
          },
        },
        scopes: ['openid', 'offline_access'],
        findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
        cookies: { keys: ['a key for cookies'] },
      })
      implementation.on('grant.success', ({ oidc }) => {
        if (oidc.params?.['grant_type'] === 'refresh_token') granted.refresh += 1
        else granted.code += 1
      })
      const answer = implementation.callback()
      handle = (request, response) => void answer(request, response)
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}
