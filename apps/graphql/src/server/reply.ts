/** What goes back to a client. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** A reply in JSON that nobody keeps. */
export function jsonReply(status: number, value: unknown, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  }
}

/** A reply that says what is wrong in the form of a GraphQL error. */
export function errorReply(
  status: number,
  code: string,
  message: string,
  headers: Reply['headers'] = {},
): Reply {
  return jsonReply(status, { errors: [{ message, extensions: { code } }] }, headers)
}
