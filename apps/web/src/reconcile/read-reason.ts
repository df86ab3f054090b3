import { LOG_FIELDS, type LogField } from '@waybill/reconcile'
import { STATUSES } from '../address/view.js'
import type { MessageStatus } from '../api/operations.js'

/** What differs between an entry and its message. */
export type Reason =
  | { readonly kind: 'differs' | 'notListed'; readonly field: LogField }
  | { readonly kind: 'textEdited' | 'statusUnknown' }
  | { readonly kind: 'apart'; readonly seconds: number }
  | { readonly kind: 'statusDiffers'; readonly ours: MessageStatus; readonly theirs: MessageStatus }

/**
 * Reads one of the reasons of a finding: `to: differs`, `to: not listed`, `text: was edited`, `at: 900 s apart, outside of the window`,
 * `status: READ in the log, SENT in the history`, `status: not known in the history`.
 *
 * @returns null for one of another form, as a newer server may send it
 */
export function readReason(reason: string): Reason | null {
  const [, name = '', rest = ''] = /^(\w+): (.*)$/s.exec(reason) ?? []
  const field = LOG_FIELDS.find((one) => one === name)
  if (field === undefined) return null
  if (rest === 'differs') return { kind: 'differs', field }
  if (rest === 'not listed') return { kind: 'notListed', field }
  if (field === 'text' && rest === 'was edited') return { kind: 'textEdited' }
  if (field === 'status' && rest === 'not known in the history') return { kind: 'statusUnknown' }
  const [, seconds] = /^(-?[\d.]+) s apart, outside of the window$/.exec(rest) ?? []
  if (field === 'at' && seconds !== undefined) return { kind: 'apart', seconds: Math.abs(Number(seconds)) }
  const [, ...names] = /^(\w+) in the log, (\w+) in the history$/.exec(rest) ?? []
  const [ours, theirs] = names.map((code) => STATUSES.find((status) => status === code))
  return field === 'status' && ours !== undefined && theirs !== undefined
    ? { kind: 'statusDiffers', ours, theirs }
    : null
}
