import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../test/support/database-places.js'
import { emptyArchive } from './support/archives.js'
import { startUpstreams } from './support/upstreams.js'
import { runWaybillProcess } from './support/waybill-process.js'

/** Makes Node.js send the process a signal just when it begins to load what the command needs. */
const SIGNAL_WHILE_LOADING = `--import=data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({
    load: (url, context, next) => {
      if (url.endsWith('/cli/dist/program/run.js')) process.kill(process.pid, 'SIGINT')
      return next(url, context)
    },
  })
`)}`

const STOPPING = /^\{"time":"[^"]+","level":"info","message":"stopping","signal":"SIGINT"\}\n$/

test.each<[string[], number, RegExp]>([
  [['sync'], 130, /^Interrupted\. What was read is kept: the same command continues where it stopped\.\n$/],
  [['sync', '--watch'], 0, STOPPING],
  [['sources'], 130, /^Interrupted\.\n$/],
  [['export'], 130, /^Interrupted\.\n$/],
  [['export', '--output', 'out.csv'], 130, /^Interrupted\. The same command with --resume continues/],
  [['serve'], 0, STOPPING],
])('a signal while it is still loading ends %j in good order', async (args, code, stderr) => {
  const upstreams = await startUpstreams({ archive: await emptyArchive(createSqlitePlace) })
  const env = { NODE_OPTIONS: SIGNAL_WHILE_LOADING }
  const ended = await runWaybillProcess(args, { cwd: upstreams.cwd, env })
  expect(ended.code).toBe(code)
  expect(ended.stderr).toMatch(stderr)
  expect(await readdir(upstreams.cwd)).not.toContain('out.csv')
  // A server answers until it has stopped, and follows its sources as long.
  if (args[0] !== 'serve') expect([...upstreams.octopods.log, ...upstreams.wacr.log]).toEqual([])
})
