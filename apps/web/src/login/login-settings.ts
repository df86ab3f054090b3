import { serverFetch } from '../api/server-fetch.js'

/** How this server lets people log in with an identity provider, as it says at `/login`. */
export interface LoginSettings {
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Asks the server; null where people enter a token only.
 * @throws whatever `fetch` throws.
 */
export async function readLoginSettings(): Promise<LoginSettings | null> {
  const response = await serverFetch(new URL('login', document.baseURI))
  const { login } = (await response.json()) as { readonly login: LoginSettings | null }
  return login
}
