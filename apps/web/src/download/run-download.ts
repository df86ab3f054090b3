import { signal } from '@preact/signals'
import { type Problem, problemOfResponse } from '../api/problem.js'
import { patientFetch } from '../api/server-fetch.js'
import { atSessionEnd } from '../api/token.js'
import { saveFile } from '../parts/save-file.js'

/** How far a download is. */
export type DownloadState =
  | { readonly phase: 'idle' | 'waiting' | 'broken' }
  | { readonly phase: 'running'; readonly bytes: number; readonly completeness: string }
  | { readonly phase: 'done'; readonly name: string; readonly bytes: number; readonly completeness: string }
  | { readonly phase: 'refused'; readonly problem: Problem }

/** The download of this page. It goes on while its panel is closed. */
export const downloadState = signal<DownloadState>({ phase: 'idle' })

let abortion = new AbortController()

atSessionEnd(cancelDownload)

/** Downloads an address of this server with the token, which is never part of an address, and saves it as a file of that name. */
export async function startDownload(address: string, name: string): Promise<void> {
  abortion.abort()
  const own = new AbortController()
  abortion = own
  const report = (state: DownloadState): void => {
    if (!own.signal.aborted) downloadState.value = state
  }
  report({ phase: 'waiting' })
  try {
    const response = await patientFetch(new URL(address, document.baseURI), { signal: own.signal })
    if (!response.ok || response.body === null)
      return report({ phase: 'refused', problem: await problemOfResponse(response) })
    const completeness = response.headers.get('waybill-completeness') ?? ''
    let bytes = 0
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength
          report({ phase: 'running', bytes, completeness })
          controller.enqueue(chunk)
        },
      }),
    )
    // The browser keeps a large one on disk.
    const content = await new Response(counted, { headers: response.headers }).blob()
    if (own.signal.aborted) return
    saveFile(content, name)
    report({ phase: 'done', name, bytes, completeness })
  } catch {
    report({ phase: 'broken' })
  }
}

export function cancelDownload(): void {
  abortion.abort()
  downloadState.value = { phase: 'idle' }
}
