import { expect, test } from 'vitest'
import { ACME_ENVIRONMENT, configuredFolder } from '../main/configured-folder.js'
import { readyUrl, spawnWaybill } from '../main/waybill-process.js'
import { acmeProvider } from '../../../../test/support/provider-folder.js'

test('the cause of an unexpected failure of a sync is in the log, and nowhere else', async () => {
  const broken = "throw new TypeError('no use for ' + options.token)"
  const cwd = await configuredFolder({ archive: { url: 'sqlite:./waybill.db' } }, acmeProvider(broken))
  const waybill = spawnWaybill({ cwd, env: ACME_ENVIRONMENT })
  const url = await readyUrl(waybill)
  await waybill.seen('stderr', /"message":"The archive could not be updated: .* The log has the cause\."/)
  expect(waybill.output.stderr).toContain('"error":"TypeError: no use for [redacted]"')
  const query = encodeURIComponent('{ sources { archive { lastError { code message } } } }')
  const answer = await (await fetch(`${url}?query=${query}`)).text()
  expect(answer).toContain('"code":"INTERNAL_ERROR"')
  expect(answer).not.toContain('no use for')
})
