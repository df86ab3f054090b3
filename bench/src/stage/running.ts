/** A server that runs in a process of its own. */
export interface Running extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string
  readonly pid: number
}
