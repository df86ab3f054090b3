import { expect, test } from 'vitest'
import { readSettings } from '../../src/start/settings.js'

const ALLOWED = 'expected --config FILE, --host HOST, --port PORT, --help or --version'
const NOTHING = { config: undefined, host: undefined, port: undefined, givenBy: {} }

test.each<[string[], Record<string, string>, object]>([
  [[], {}, {}],
  [
    ['--config', 'a.json', '--host', '::1', '--port', '0'],
    {},
    { config: 'a.json', host: '::1', port: 0, givenBy: { host: '--host', port: '--port' } },
  ],
  [['--port=65535'], {}, { port: 65535, givenBy: { port: '--port' } }],
  [['--port', '1', '--port', '2'], {}, { port: 2, givenBy: { port: '--port' } }],
  [['--', '--port', '1'], {}, { port: 1, givenBy: { port: '--port' } }],
  [
    [],
    { WAYBILL_CONFIG: 'b.json', HOST: 'h.example', PORT: '80' },
    { host: 'h.example', port: 80, givenBy: { host: 'HOST', port: 'PORT' } },
  ],
  [['--port', '1'], { PORT: 'wrong' }, { port: 1, givenBy: { port: '--port' } }],
  [['--host', 'a.example'], { HOST: 'b.example' }, { host: 'a.example', givenBy: { host: '--host' } }],
  [[], { WAYBILL_CONFIG: '', HOST: '', PORT: '' }, {}],
  [['--help'], {}, { action: 'help' }],
  [['--version', '--port', '1'], {}, { action: 'version', port: 1, givenBy: { port: '--port' } }],
])('%j with %j is understood', (argv, environment, expected) => {
  expect(readSettings(argv, environment)).toEqual({ action: 'serve', ...NOTHING, ...expected, errors: [] })
})

test.each<[string[], Record<string, string>, string[]]>([
  [['--prot', '1'], {}, [`--prot: ${ALLOWED} (did you mean --port?)`, `1: ${ALLOWED}`]],
  [['serve', '-x'], {}, [`serve: ${ALLOWED}`, `-x: ${ALLOWED}`]],
  [['--port'], {}, ['--port: expected a value, found nothing']],
  [['--host='], {}, ['--host: expected a value, found nothing']],
  [['--help=yes'], {}, ['--help: expected no value, found one']],
  [['--port', '65536'], {}, ['--port: expected an integer from 0 to 65535, found "65536"']],
  [[], { PORT: '4e3' }, ['PORT: expected an integer from 0 to 65535, found "4e3"']],
  [['--port', '-1', '--'], {}, [`--: ${ALLOWED}`, '--port: expected an integer from 0 to 65535, found "-1"']],
])('%j with %j is refused', (argv, environment, errors) => {
  expect(readSettings(argv, environment).errors).toEqual(errors)
})
