import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type AuthorizationServer,
  AuthorizationResponseError,
  calculatePKCECodeChallenge,
  type Client,
  discoveryRequest,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  ResponseBodyError,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import type { Credentials } from '../api/token.js'
import type { LoginSettings } from './login-settings.js'

/** A login that has left for the identity provider, and what its answer is checked with. */
export interface PendingLogin {
  readonly settings: LoginSettings
  readonly redirectUri: string
  readonly verifier: string
  readonly state: string
  /** Null where no proof of who the person is was requested. */
  readonly nonce: string | null
}

/** The share of a token's life after which it is renewed. */
const RENEWED_AT = 0.75

/**
 * Prepares a login (RFC 6749, section 4.1, with PKCE, RFC 7636): the page is a public client, so it has no secret.
 *
 * @param redirectUri where the identity provider sends the person back to
 * @returns where to send the person, and what the answer is checked with
 */
export async function beginLogin(
  settings: LoginSettings,
  redirectUri: string,
): Promise<{ readonly address: URL; readonly pending: PendingLogin }> {
  const server = await discover(settings)
  const address = new URL(server.authorization_endpoint ?? '')
  const verifier = generateRandomCodeVerifier()
  const state = generateRandomState()
  const nonce = settings.scopes.includes('openid') ? generateRandomNonce() : null
  const parameters = {
    ...settings.parameters,
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    scope: settings.scopes.join(' '),
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(nonce !== null && { nonce }),
  }
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return { address, pending: { settings, redirectUri, verifier, state, nonce } }
}

/**
 * Ends a login with the answer of the identity provider.
 * @throws whatever oauth4webapi throws about an answer that is wrong or a refusal: see `describeLoginError`
 */
export async function endLogin(
  { settings, redirectUri, verifier, state, nonce }: PendingLogin,
  answer: URLSearchParams,
): Promise<Credentials> {
  const server = await discover(settings)
  const client = clientOf(settings)
  const checked = validateAuthResponse(server, client, answer, state)
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    None(),
    checked,
    redirectUri,
    verifier,
    optionsOf(settings),
  )
  const tokens = await processAuthorizationCodeResponse(server, client, response, {
    ...(nonce !== null && { expectedNonce: nonce, requireIdToken: true }),
  })
  return credentialsOf(tokens, null)
}

/** Gets the next token (RFC 6749, section 6). */
export async function refresh(settings: LoginSettings, refreshToken: string): Promise<Credentials> {
  const server = await discover(settings)
  const client = clientOf(settings)
  const response = await refreshTokenGrantRequest(server, client, None(), refreshToken, optionsOf(settings))
  return credentialsOf(await processRefreshTokenResponse(server, client, response), refreshToken)
}

/** What the identity provider says about a refusal, in its own words; null for anything else that went wrong. */
export function refusalOf(error: unknown): string | null {
  const isRefusal = error instanceof AuthorizationResponseError || error instanceof ResponseBodyError
  return isRefusal ? (error.error_description ?? error.error) : null
}

async function discover(settings: LoginSettings): Promise<AuthorizationServer> {
  const issuer = new URL(settings.issuer)
  return processDiscoveryResponse(issuer, await discoveryRequest(issuer, insecurely(settings)))
}

function clientOf({ clientId }: LoginSettings): Client {
  return { client_id: clientId }
}

function optionsOf(settings: LoginSettings): Parameters<typeof refreshTokenGrantRequest>[4] {
  return { ...insecurely(settings), additionalParameters: { ...settings.parameters } }
}

/** The configuration allows http on loopback only. */
function insecurely({ issuer }: LoginSettings): { [allowInsecureRequests]: boolean } {
  return { [allowInsecureRequests]: new URL(issuer).protocol === 'http:' }
}

function credentialsOf(
  { access_token, refresh_token, expires_in }: TokenEndpointResponse,
  earlier: string | null,
): Credentials {
  const refreshToken = refresh_token ?? earlier
  const dueAt = expires_in === undefined ? null : Date.now() + expires_in * 1000 * RENEWED_AT
  return {
    token: access_token,
    isLogin: true,
    renewal: refreshToken === null ? null : { refreshToken, dueAt },
  }
}
