import { startWacrEmulator } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { wacr } from '../src/index.js'
import { listRequest, TOKEN } from './support/connect.js'

it.each(['', '/', '//'])('reads the API below a base URL that ends with %j', async (ending) => {
  await using upstream = await startWacrEmulator()
  const provider = wacr({ token: TOKEN, baseUrl: `${upstream.url}${ending}` })
  await provider.list(listRequest())
  await provider.get?.('5')
  expect(upstream.log.map((record) => record.path)).toEqual(['/api/v2/messages', '/api/v2/messages/5'])
})
