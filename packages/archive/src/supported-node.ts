// SQLite comes as a native part, which ends an older Node.js with a segmentation fault. So this is imported before it.
const OLDEST_NODE = '22.14.0'

if (process.versions.node.localeCompare(OLDEST_NODE, 'en', { numeric: true }) < 0) {
  throw new Error(
    `@waybill/archive needs Node.js ${OLDEST_NODE} or newer, and this is ${process.versions.node}. Install a newer Node.js.`,
  )
}
