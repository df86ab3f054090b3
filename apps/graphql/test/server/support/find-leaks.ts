/** A stack trace, or a path of this machine's file system. */
const TRACES: readonly RegExp[] = [
  /(?:\n|\\n)\s+at (?:async )?\S+.*:\d+:\d+/,
  /\bnode_modules\b/,
  /file:\/\/\//,
  /(?:^|[\s"'(=])\/(?:home|root|usr|var|tmp|opt|etc|work|srv|mnt|Users|private)\/[\w.-]/m,
  /\b[A-Z]:\\\\?[\w.-]+\\/,
  // Not from the middle of a word: cursors are long ones.
  /(?<![\w-])[\w-]+\.[cm]?[jt]s:\d+/,
]

/** What of the secrets, of stacks and of paths stands in a text, each as a line that says where. */
export function findLeaks(text: string, secrets: readonly string[]): string[] {
  const traced = TRACES.map((pattern) => pattern.exec(text)).filter((match) => match !== null)
  return [...findSecrets(text, secrets), ...traced.map((match) => `trace: ${around(text, match[0])}`)]
}

/** What of the secrets stands in a text, each as a line that says where. */
export function findSecrets(text: string, secrets: readonly string[]): string[] {
  const spelled = secrets.flatMap((secret) =>
    spellings(secret).map((spelling) => [secret, spelling] as const),
  )
  // A transcript has many megabytes.
  const lower = text.toLowerCase()
  const leaked = spelled.filter(([, spelling]) => lower.includes(spelling.toLowerCase()))
  return leaked.map(([secret, spelling]) => `secret ${secret} as ${spelling}: ${around(text, spelling)}`)
}

/** How a secret may be written: as it is, within a URL, within JSON, in hexadecimal, and within Base64. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const plain = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
  ]
  const encoded = (['base64', 'base64url'] as const).flatMap((encoding) =>
    [0, 1, 2].map((shift) => insideBase64(bytes, shift, encoding)),
  )
  return [...new Set([...plain, ...encoded])]
}

// Within a longer text a secret begins anywhere in a group of three bytes. The characters at both ends depend on the
// bytes beside it and are left out.
function insideBase64(secret: Buffer, shift: number, encoding: 'base64' | 'base64url'): string {
  const whole = Buffer.concat([Buffer.alloc(shift), secret])
    .toString(encoding)
    .replace(/=+$/, '')
  return whole.slice(shift === 0 ? 0 : 4, -2)
}

function around(text: string, found: string): string {
  const at = text.toLowerCase().indexOf(found.toLowerCase())
  return JSON.stringify(text.slice(Math.max(0, at - 40), at + found.length + 40))
}
