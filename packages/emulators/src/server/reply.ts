/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Text is sent as it is, undefined as an empty body, anything else as JSON. */
  readonly body: unknown
  /** The items inside `body`, the very objects, for faults that change one. */
  readonly items?: unknown[]
}

export function jsonReply(status: number, body: unknown, items?: unknown[]): Reply {
  const headers = { 'content-type': 'application/json' }
  return items === undefined ? { status, headers, body } : { status, headers, body, items }
}

/** The page of a proxy that stands before the upstream. */
export function htmlReply(status: number, title: string): Reply {
  const body = `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head>\n<body><center><h1>${status} ${title}</h1></center></body></html>\n`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

export function emptyReply(status: number): Reply {
  return { status, headers: {}, body: undefined }
}
