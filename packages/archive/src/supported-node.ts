/** The oldest Node.js that can load this package. */
export const OLDEST_NODE: string = '22.14.0'

// SQLite is a native part, which ends an older Node.js with a segmentation fault. So this is imported before it.
if (process.versions.node.localeCompare(OLDEST_NODE, 'en', { numeric: true }) < 0) {
  throw new Error(
    `@waybill/archive needs Node.js ${OLDEST_NODE} or newer, and this is ${process.versions.node}. Install a newer Node.js.`,
  )
}
