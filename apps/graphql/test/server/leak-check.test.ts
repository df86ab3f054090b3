import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findLeaks } from './support/find-leaks.js'
import { checkTranscripts } from './support/leak-check.js'
import { OCTOPODS_KEY, SECRETS, WACR_TOKEN } from './support/secrets.js'

test.each(SECRETS)('the secret %s is found however it is written', (secret) => {
  const written = [
    secret,
    secret.toUpperCase(),
    encodeURIComponent(secret),
    JSON.stringify({ error: `Bearer ${secret} is wrong` }),
    Buffer.from(secret).toString('hex'),
    ...['', 'a', 'ab', 'abc', 'user:'].flatMap((before) =>
      (['base64', 'base64url'] as const).map((encoding) =>
        Buffer.from(`${before}${secret} and more`).toString(encoding),
      ),
    ),
  ]
  for (const text of written) expect(findLeaks(`before ${text} after`, [secret])).not.toEqual([])
})

test.each([
  new Error('a stack').stack ?? '',
  JSON.stringify({ stack: new Error('a stack').stack }),
  'ENOENT: no such file, open "/home/waybill/waybill.config.json"',
  'at file:///C:/waybill/dist/main.js',
  String.raw`open C:\waybill\main.js`,
  'thrown in resolver.js:12:3',
])('a trace is found: %s', (text) => {
  expect(findLeaks(text, [])).not.toEqual([])
})

test.each([
  '{"errors":[{"message":"Source \\"octo\\" refused the credentials.","extensions":{"code":"UPSTREAM_UNAUTHORIZED"}}]}',
  '{"path":"/graphql","time":"2026-04-24T12:34:56.000Z"}',
  'see https://tenant.example/api/v2/messages at 12:30:00',
])('an ordinary answer is clean: %s', (text) => {
  expect(findLeaks(text, SECRETS)).toEqual([])
})

test('the check after the last test fails for a transcript with a leak, and names it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-leak-check-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '1.txt'), '--- 200 /graphql\n{"data":null}\n')
  await expect(checkTranscripts(folder)).resolves.toBeUndefined()
  const echoed = Buffer.from(`key=${WACR_TOKEN};`).toString('base64')
  await writeFile(
    join(folder, '2.txt'),
    `--- log\n{"message":"${OCTOPODS_KEY}"}\n--- log\n{"message":"${echoed}"}\n`,
  )
  await expect(checkTranscripts(folder)).rejects.toThrow(
    /^The server leaks:\n2\.txt: secret octo-s3cret-key as octo-s3cret-key: [^]*\n2\.txt: secret wacr-s3cret-token/,
  )
  await rm(join(folder, '2.txt'))
  await writeFile(join(folder, '3.output.txt'), '--- --config none.json\nthere is no /srv/none.json\n')
  await expect(checkTranscripts(folder)).resolves.toBeUndefined()
  await appendFile(join(folder, '3.output.txt'), '--- \nacme-S3CRET-token\n')
  await expect(checkTranscripts(folder)).rejects.toThrow('3.output.txt: a secret of some test')
})
