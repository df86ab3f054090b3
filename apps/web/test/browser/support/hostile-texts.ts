import { plainWacrRow, type WacrRow } from '@waybill/emulators'

const ZALGO = `Z${'\u0353\u0321\u032E\u0349\u034A\u0301'.repeat(60)}algo`
/** Texts that break pages which trust them. */
export const HOSTILE_TEXTS = {
  script: `<script>document.title = 'broken in'</script>script`,
  image: `<img src="x" onerror="document.title = 'broken in'">image`,
  link: `<a href="https://elsewhere.example/">link</a>`,
  style: `<style>* { display: none }</style>style`,
  override: `override \u202Egnp.exe\u202D \u2066\u2067\u2068 never closed`,
  arabic: 'مرحبا، طلبك A-13655 في الطريق',
  hebrew: 'שלום, ההזמנה 12 בדרך!',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈👍🏽 emoji',
  zalgo: ZALGO,
  long: `long ${'x'.repeat(1_000_000)}`,
  lines: `lines${'\n'.repeat(500)}end`,
  controls: 'controls \u0000\u0007\u001B[31m\u2028\u2029\uFEFF',
}

/** The conversation that they are in. */
export const HOSTILE_CONVERSATION = 424_242

/** A message with each of them. */
export function hostileRows(): WacrRow[] {
  return Object.values(HOSTILE_TEXTS).map((message, index) =>
    plainWacrRow(800_001 + index, {
      message,
      interactionId: HOSTILE_CONVERSATION,
      createdAt: Date.now() - (index + 1) * 60_000,
      direction: 'inbound',
    }),
  )
}
