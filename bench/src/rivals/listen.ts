import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { say } from '../measure/child.ts'

/** Answers requests on a free port of loopback, and says where. */
export function listen(answer: RequestListener): void {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1', () =>
    say({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
  )
}

/** Answers each POST with the JSON that a function makes of its JSON. */
export function listenForJson(answer: (body: unknown) => unknown): void {
  listen((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      void send(response, answer(JSON.parse(text)))
    })
  })
}

async function send(response: ServerResponse, answer: unknown): Promise<void> {
  const body = JSON.stringify(await answer)
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
