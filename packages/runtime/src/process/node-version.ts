/** The oldest Node.js that runs Waybill, by its first number. */
const OLDEST_NODE = 22

/**
 * Why this Node.js cannot run Waybill, for the operator; null where it can. An older one would end without a word in the
 * middle of it, with a segmentation fault where it opens SQLite, so it is asked before anything else is loaded.
 */
export function nodeComplaint(version: string = process.versions.node): string | null {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return null
  return `Waybill cannot start: it needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a newer one; a clone of Waybill brings one along: begin the command with \`npx -y pnpm@12 exec node\`.\n`
}
