import type { Fields, LogStream, WriteLine } from './logger.js'

/** Writes events as plain text, for people at a terminal. */
export function writeTerminalLines(stream: LogStream, cleanFields: (fields: Fields) => Fields): WriteLine {
  return (level, message, fields) => {
    const { message: text, ...cleaned } = cleanFields({ ...fields, message })
    const details = Object.entries(cleaned).map(([name, value]) => ` ${name}=${formatValue(value)}`)
    const time = new Date().toISOString().slice(11, 19)
    stream.write(`${escapeControls(`${time} ${level.padEnd(5)} ${String(text)}${details.join('')}`)}\n`)
  }
}

function formatValue(value: unknown): string {
  return typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value)
}

// What an upstream said must not move the terminal's cursor or fake a line of its own.
function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
