import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { substituteEnvironment } from '../../src/config/environment.js'

describe('substituteEnvironment', () => {
  test('puts values in place in every text, however deep, and nowhere else', () => {
    const root = { a: '${HOST}:${PORT}', b: [{ c: 'x${HOST}' }, 7, null, true], '${HOST}': 'plain' }
    const result = substituteEnvironment(root, { HOST: 'h.example', PORT: '80' })
    expect(result).toEqual({
      value: { a: 'h.example:80', b: [{ c: 'xh.example' }, 7, null, true], '${HOST}': 'plain' },
      secrets: ['h.example', '80', 'h.example'],
      substituted: [['a'], ['a'], ['b', 0, 'c']],
      unresolved: [],
      issues: [],
    })
  })

  test('reports every missing variable by its name and place', () => {
    const result = substituteEnvironment({ a: '${ONE}-${TWO}', b: ['${THREE}'], c: '${FOUR}' }, { FOUR: '4' })
    expect(result.issues).toEqual([
      { path: ['a'], expected: 'the environment variable ONE to be set', found: 'nothing' },
      { path: ['a'], expected: 'the environment variable TWO to be set', found: 'nothing' },
      { path: ['b', 0], expected: 'the environment variable THREE to be set', found: 'nothing' },
    ])
    expect(result.unresolved).toEqual([['a'], ['b', 0]])
    expect(result.value).toEqual({ a: undefined, b: [undefined], c: '4' })
  })

  test.each(['${}', '${a-b}', '${1A}', '${OPEN', '${ A }'])('refuses %j', (text) => {
    expect(substituteEnvironment([text], { OPEN: 'x', A: 'x' }).issues).toEqual([
      {
        path: [0],
        expected: 'a name of letters, digits and underscores within "${…}", or "$${" for a literal "${"',
        found: 'a "${" without one',
      },
    ])
  })

  test.each([
    ['$${A}', '${A}'],
    ['$$${A}', '$${A}'],
    ['$A', '$A'],
    ['$', '$'],
    ['$${A}${A}', '${A}x'],
    ['${__proto}', 'y'],
  ])('reads %j as %j', (text, expected) => {
    expect(substituteEnvironment(text, { A: 'x', __proto: 'y' }).value).toBe(expected)
  })

  test('takes an empty variable as it is, and what a variable holds literally', () => {
    const environment = { EMPTY: '', NESTED: '${A} $& $1 "\\' }
    expect(substituteEnvironment(['${EMPTY}', '${NESTED}'], environment).value).toEqual([
      '',
      '${A} $& $1 "\\',
    ])
  })

  test('does not find what an object inherits', () => {
    expect(substituteEnvironment('${constructor}', {}).issues).toHaveLength(1)
  })

  test('leaves a value without references as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('${'))
        expect(JSON.stringify(substituteEnvironment(value, {}).value)).toBe(JSON.stringify(value))
      }),
    )
  })
})
