import { expect, test } from 'vitest'
import { nearestName } from '../../src/config/nearest-name.js'

const names = ['id', 'provider', 'label', 'read', 'options', 'rateLimit', 'sync', 'limits']

test.each([
  ['lable', 'label'],
  ['Options', 'options'],
  ['option', 'options'],
  ['ratelimit', 'rateLimit'],
  ['rate_limit', 'rateLimit'],
  ['limit', 'limits'],
  ['ID', 'id'],
  ['porvider', 'provider'],
])('%s is near %s', (name, expected) => {
  expect(nearestName(name, names)).toBe(expected)
})

test.each(['', 'token', 'frequency', '__proto__'])('%j is near nothing', (name) => {
  expect(nearestName(name, names)).toBeUndefined()
})
