import type { JSX } from 'preact'
import { reconcileTexts } from '../texts/reconcile.js'
import { takeLog } from './take-log.js'

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le'] as const

/** Reads a log once more, in an encoding that the person chooses. */
export function EncodingChoice({ file }: { readonly file: File }): JSX.Element {
  return (
    <>
      {ENCODINGS.map((encoding) => (
        <button key={encoding} type="button" onClick={() => void takeLog(file, encoding)}>
          {reconcileTexts.readAs(encoding)}
        </button>
      ))}
    </>
  )
}
