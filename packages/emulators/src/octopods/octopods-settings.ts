import { SERVER_DEFAULTS, type ServerSettings } from '../server/emulator.js'

/** `documented`: `{request_id, error_code, error}`. */
export type OctopodsErrorShape = 'documented' | 'message' | 'html' | 'empty'

/** Which of the documented shapes Octopods' API has, and what it accepts. */
export interface OctopodsSettings extends ServerSettings {
  /** The key that is accepted; default `octo-s3cret-key`. */
  apiKey: string
  /** `A`: a bare array with contents. `B`: an envelope without. Default `A`. */
  listShape: 'A' | 'B'
  /** Of the status endpoint. 1: `last_updated` and Intercom ids. 2: `delivered_at` and `read_at`. Default 1. */
  statusShape: 1 | 2
  /** How recipients' numbers are written; `mixed`: every other one without. Default `with`. */
  plusSign: 'with' | 'without' | 'mixed'
  /** The largest list that is served, whatever is asked for; default 100. */
  maxLimit: number
  /** Default false. */
  numbersAsStrings: boolean
  /** Default `documented`. */
  errorShape: OctopodsErrorShape
}

export const OCTOPODS_DEFAULTS: Readonly<OctopodsSettings> = {
  ...SERVER_DEFAULTS,
  apiKey: 'octo-s3cret-key',
  listShape: 'A',
  statusShape: 1,
  plusSign: 'with',
  maxLimit: 100,
  numbersAsStrings: false,
  errorShape: 'documented',
}
