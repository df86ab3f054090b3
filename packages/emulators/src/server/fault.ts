import type { ReceivedRequest } from './received-request.js'

/**
 * Something that goes wrong with one request.
 *
 * - `status`: an error answer; without `body` the upstream's own for that status.
 * - `hang`: never answers. `hangBody`: sends the head and half of the body, then nothing more.
 * - `reset`: the connection is reset without an answer. `cutOff`: it is closed in the middle of the body.
 * - `truncatedJson`: a complete HTTP response whose JSON is cut in half.
 * - `html`: a proxy's HTML page. `redirect`: to `location`. `delay`: the right answer, later.
 * - `mutateItem`: fields of one listed item (or of the single message, index 0) are changed; undefined removes one.
 *   `replaceItem`: one listed item is something else entirely.
 * - `mutateBody`: the body is whatever `change` makes of the upstream's own (a copy, to be changed at will) before it is
 *   sent, for the request that it is handed. What it returns is sent as JSON, text as it is.
 * - `echoCredentials`: an error answer that repeats the credentials that were sent.
 */
export type Fault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      /** Text is sent as it is, anything else as JSON. */
      readonly body?: unknown
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'hangBody' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cutOff' }
  | { readonly kind: 'truncatedJson' }
  | { readonly kind: 'html'; /** Default 502. */ readonly status?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'redirect'; readonly location: string; /** Default 302. */ readonly status?: number }
  | { readonly kind: 'mutateItem'; readonly index: number; readonly patch: Readonly<Record<string, unknown>> }
  | { readonly kind: 'replaceItem'; readonly index: number; readonly value: unknown }
  | { readonly kind: 'mutateBody'; readonly change: (body: unknown, request: ReceivedRequest) => unknown }
  | { readonly kind: 'echoCredentials'; /** Default 401. */ readonly status?: number }
