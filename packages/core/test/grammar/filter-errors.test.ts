import { describe, expect, it } from 'vitest'
import { ParameterError, WaybillError } from '../../src/index.js'
import { filterErrorOf } from './shop-schema.js'

/** The message of an input's error, and where it points. */
function report(query: string): unknown[] {
  const { message, issues } = filterErrorOf(query)
  return [message, ...issues.map(({ code, position }) => [code, position?.offset, position?.length])]
}

describe('the errors of a filter', () => {
  it('names a mistyped field', () => {
    expect(report('page=2&filter[colur][in]=red')).toEqual([
      'filter[colur][in]: unknown filter field "colur". Did you mean "colour"? ' +
        'Allowed: name, code, stock, state, colour, created_at, listed.\n' +
        'filter[colur][in]=red\n' +
        '       ^^^^^',
      ['UNKNOWN_FIELD', 14, 5],
    ])
  })

  it('names a mistyped operator', () => {
    expect(report('filter[state][notin]=onSale')).toEqual([
      'filter[state][notin]: unknown operator "notin". Did you mean "not_in"? ' +
        'Allowed: filter[state], filter[state][in], filter[state][not_in].\n' +
        'filter[state][notin]=onSale\n' +
        '              ^^^^^',
      ['UNKNOWN_OPERATOR', 14, 5],
    ])
  })

  it('names an operator that the field does not take', () => {
    expect(report('filter[state][gt]=onSale')).toEqual([
      'filter[state][gt]: "state" does not take the operator "gt". ' +
        'Allowed: filter[state], filter[state][in], filter[state][not_in].\n' +
        'filter[state][gt]=onSale\n' +
        '              ^^',
      ['OPERATOR_NOT_ALLOWED', 14, 2],
    ])
  })

  it('reports that an operator is missing', () => {
    expect(report('filter[created_at]=2026-01-31T12:00:00Z')).toEqual([
      'filter[created_at]: "created_at" needs an operator. ' +
        'Allowed: filter[created_at][gt], filter[created_at][gte], filter[created_at][lt], filter[created_at][lte].\n' +
        'filter[created_at]=2026-01-31T12:00:00Z\n' +
        '^^^^^^^^^^^^^^^^^^',
      ['OPERATOR_NOT_ALLOWED', 0, 18],
    ])
  })

  it('recommends a time in the notation of its place', () => {
    const name = 'filter[created_at][gt]'
    const inQuery = (value: string) => report(`${name}=${value}`)[0]
    const plainly = (value: string) =>
      [[[name, value]] as const, { [name]: value }, { filter: { created_at: { gt: value } } }].map(
        (input) => filterErrorOf(input).message.split('\n')[0],
      )
    const [encoded, plain] = ['%2B', '+'].map(
      (plus) =>
        `Allowed: a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00${plus}02:00, a day in UTC such as 2026-01-31.`,
    )
    expect(inQuery('yesterday')).toContain(`"yesterday" is not a value of "created_at". ${encoded}`)
    expect(inQuery('2026-01-31T12:00:00+02:00')).toContain(
      `in a query string, "+" is a space: write "%2B" before the offset. ${encoded}`,
    )
    for (const value of ['yesterday', '2026-02-30', '2026-1-31']) {
      for (const message of plainly(value)) {
        expect(message).toContain(`"${value}" is not a value of "created_at". ${plain}`)
      }
    }
    for (const message of plainly('2026-01-31T12:00:00%2B02:00')) {
      expect(message).toContain(`here nothing is percent-encoded: write "+" in place of "%2B". ${plain}`)
    }
  })

  it('names a mistyped value of a list, by its position before decoding', () => {
    expect(report('filter%5Bcolour%5D%5Bin%5D=red,bl%75,blue')).toEqual([
      'filter[colour][in]: "blu" is not a value of "colour". Did you mean "blue"? Allowed: red, blue.\n' +
        'filter%5Bcolour%5D%5Bin%5D=red,bl%75,blue\n' +
        '                               ^^^^^',
      ['INVALID_VALUE', 31, 5],
    ])
  })

  it('names an empty value', () => {
    expect(report('filter[stock]=')).toEqual([
      'filter[stock]: "" is not a value of "stock". Allowed: an integer without leading zeros, such as 42.\n' +
        'filter[stock]=\n' +
        '              ^',
      ['INVALID_VALUE', 14, 0],
    ])
  })

  it('names a parameter that occurs twice', () => {
    expect(report('filter[name]=a&filter%5Bname%5D=a')).toEqual([
      'filter[name]: the parameter is repeated. Allowed: filter[name] once.\n' +
        'filter%5Bname%5D=a\n' +
        '^^^^^^^^^^^^^^^^',
      ['REPEATED_PARAMETER', 15, 16],
    ])
  })

  it('names a percent sign that is not followed by percent-encoded UTF-8', () => {
    expect(report('filter[name]=100%&filter[code]=%C3%28')).toEqual([
      'filter[name]: a percent sign is not followed by percent-encoded UTF-8. ' +
        'Allowed: %25 for a percent sign, %XX with two hexadecimal digits.\n' +
        'filter[name]=100%\n' +
        '                ^\n' +
        'filter[code]: a percent sign is not followed by percent-encoded UTF-8. ' +
        'Allowed: %25 for a percent sign, %XX with two hexadecimal digits.\n' +
        'filter[code]=%C3%28\n' +
        '             ^',
      ['MALFORMED_ENCODING', 16, 1],
      ['MALFORMED_ENCODING', 31, 1],
    ])
  })

  it('names brackets that do not match', () => {
    expect(report('?filter[name=a')).toEqual([
      'filter[name: the brackets in its name do not match. ' +
        'Allowed: filter[field], filter[field][operator], filter[field][operator][].\n' +
        'filter[name=a\n' +
        '      ^^^^^',
      ['MALFORMED_PARAMETER', 7, 5],
    ])
  })

  it('lists all mistakes in the order of their positions', () => {
    const { issues } = filterErrorOf(
      'filter[nam]=a&filter[stock]=x&filter[x&filter[stock][in]=1,y,z&filter=%',
    )
    expect(issues.map(({ code, position }) => [code, position?.offset])).toEqual([
      ['UNKNOWN_FIELD', 7],
      ['INVALID_VALUE', 28],
      ['MALFORMED_PARAMETER', 36],
      ['INVALID_VALUE', 59],
      ['INVALID_VALUE', 61],
      ['MALFORMED_PARAMETER', 63],
      ['MALFORMED_ENCODING', 70],
    ])
  })

  it('shows the first ten and counts the others', () => {
    const { message, issues } = filterErrorOf(`filter[stock][in]=${'x,'.repeat(11)}x`)
    expect(issues).toHaveLength(12)
    expect(message.match(/is not a value/g)).toHaveLength(10)
    expect(message).toMatch(/\nAnd 2 more\.$/)
  })

  it('is of the family of Waybill errors, and data as well as text', () => {
    const error = filterErrorOf('filter[colur]=red')
    expect(error).toBeInstanceOf(WaybillError)
    expect(error).toBeInstanceOf(ParameterError)
    expect(error).toMatchObject({ name: 'ParameterError', code: 'INVALID_FILTER' })
    expect(error.issues).toEqual([
      {
        code: 'UNKNOWN_FIELD',
        parameter: 'filter[colur]',
        problem: 'unknown filter field "colur".',
        position: { offset: 7, length: 5 },
        allowed: ['name', 'code', 'stock', 'state', 'colour', 'created_at', 'listed'],
        suggestion: 'colour',
        excerpt: 'filter[colur]=red\n       ^^^^^',
      },
    ])
  })

  it('shows long parameters in part, and nothing of the parameters beside them', () => {
    const { message } = filterErrorOf(
      `token=s3cret&filter[stock][in]=${'1,'.repeat(500)}oops,${'1,'.repeat(500)}1&key=s3cret`,
    )
    expect(message).toContain(`\n…${'1,'.repeat(15)}oops,${'1,'.repeat(20)}1…\n${' '.repeat(31)}^^^^`)
    expect(message).not.toContain('s3cret')
    expect(message.split('\n').every((line) => line.length < 200)).toBe(true)
  })

  it('lets no control character into a message', () => {
    const { message } = filterErrorOf([['filter[a\u001b[2J\u2028\u202e]', '\n\r\0']])
    expect(message.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
    expect(message.split('\n')).toHaveLength(3)
  })
})
