import { openArchive } from '@waybill/archive'

// Opens an archive in a process of its own, as `node open-archive.ts URL`. Says when it begins, and when it is open.

console.log('opening')
const archive = await openArchive({ url: process.argv[2] ?? '' })
console.log('open')
await archive.close()
