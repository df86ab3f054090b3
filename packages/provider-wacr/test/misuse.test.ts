import type { ListRequest } from '@waybill/core'
import { startWacrEmulator } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'

it.each<[string, Partial<ListRequest>]>([
  ['status UNKNOWN', { filter: [{ field: 'status', operator: 'eq', values: ['UNKNOWN'] }] }],
  ['status DELETED', { filter: [{ field: 'status', operator: 'in', values: ['SENT', 'DELETED'] }] }],
  ['type OTHER', { filter: [{ field: 'type', operator: 'ne', values: ['OTHER'] }] }],
  ['a type of its own', { filter: [{ field: 'type', operator: 'eq', values: ['text'] }] }],
  ['a list in one value', { filter: [{ field: 'type', operator: 'in', values: ['TEXT,IMAGE'] }] }],
  [
    'an interaction that is no integer',
    { filter: [{ field: 'interactionId', operator: 'eq', values: ['7a'] }] },
  ],
  [
    'an integer that is not canonical',
    { filter: [{ field: 'interactionId', operator: 'in', values: ['07'] }] },
  ],
  [
    'more values than an address has room for',
    {
      filter: [
        { field: 'interactionId', operator: 'in', values: Array.from({ length: 101 }, (_, id) => `${id}`) },
      ],
    },
  ],
  ['rows without null', { filter: [{ field: 'status', operator: 'notIn', values: [] }] }],
  ['a sender', { filter: [{ field: 'from', operator: 'eq', values: ['+14155552671'] }] }],
  ['a recipient', { filter: [{ field: 'to', operator: 'eq', values: ['+14155552671'] }] }],
  ['a party', { filter: [{ field: 'phone', operator: 'eq', values: ['+14155552671'] }] }],
  ['a source', { filter: [{ field: 'source', operator: 'eq', values: ['shop'] }] }],
  ['a time', { filter: [{ field: 'sentAt', operator: 'gt', value: 0 }] }],
  ['a window', { page: { kind: 'window', limit: 100 } }],
  ['a cursor', { page: { kind: 'cursor', after: null, limit: 100 } }],
])('is an error of the caller that nothing is sent for: %s', async (_name, changes) => {
  await using upstream = await startWacrEmulator()
  await expect(connect(upstream).list(listRequest(changes))).rejects.toThrow(TypeError)
  expect(upstream.log).toEqual([])
})
