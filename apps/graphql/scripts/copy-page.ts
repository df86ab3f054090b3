import { cp, rm } from 'node:fs/promises'

// Puts the built page for operations people into the build of the server, which serves and ships it.
const target = new URL('../dist/page/', import.meta.url)

await rm(target, { recursive: true, force: true })
await cp(new URL('../../web/dist/', import.meta.url), target, { recursive: true })
