import { startOctopodsEmulator } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { octopods } from '../src/index.js'
import { API_KEY, listRequest } from './support/connect.js'

it.each(['', '/', '//'])('reads the API below a base URL that ends with %j', async (ending) => {
  await using upstream = await startOctopodsEmulator()
  const provider = octopods({ apiKey: API_KEY, baseUrl: `${upstream.url}${ending}` })
  await provider.list(listRequest())
  await provider.get?.('5')
  const paths = upstream.log.map((record) => record.path)
  expect(paths).toEqual(['/api/v1/whatsapp/messages', '/api/v1/whatsapp/messages/5'])
})
