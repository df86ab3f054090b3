/** The archive's own tables through PostGraphile 5. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { load } from '../../rivals/load.ts'
import { childArgument, say } from '../measure/child.ts'

/** Of PostGraphile, what is used here. */
interface Instance {
  createServ(grafserv: unknown): { addTo(server: Server): Promise<void> }
}

const { url } = childArgument() as { readonly url: string }
const [{ postgraphile }, { PostGraphileAmberPreset }, { makePgService }, { grafserv }] = (await Promise.all(
  [
    'postgraphile',
    'postgraphile/presets/amber',
    'postgraphile/adaptors/pg',
    'postgraphile/grafserv/node',
  ].map(load),
)) as [
  { readonly postgraphile: (preset: object) => Instance },
  { readonly PostGraphileAmberPreset: object },
  { readonly makePgService: (options: object) => object },
  { readonly grafserv: unknown },
]
const server = createServer()
await postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: url, schemas: ['waybill'] })],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false },
})
  .createServ(grafserv)
  .addTo(server)
server.listen(0, '127.0.0.1', () =>
  say({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
)
