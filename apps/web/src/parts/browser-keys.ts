/** Whether a key is pressed with another one that makes it the browser's: Alt+← goes back, Ctrl+K is its search line. */
export function isOfBrowser({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey
}
