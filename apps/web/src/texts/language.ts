/** The languages of the page's texts. */
export type Language = 'en' | 'de'

const KEY = 'waybill.language'

export const LANGUAGES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
]

/** The language of this visit: the one that was chosen on this device, or the first that the browser prefers. */
export const language: Language = chosenLanguage() ?? preferredLanguage()

/** How times and numbers are written: as the browser prefers for this language, such as British dates. */
export const locale: string =
  navigator.languages.find((one) => one.split('-')[0] === language && isLanguageTag(one)) ?? language

/** Chooses the language for this device. The page has to be loaded again. */
export function chooseLanguage(code: Language): void {
  localStorage.setItem(KEY, code)
  location.reload()
}

function chosenLanguage(): Language | undefined {
  return known(localStorage.getItem(KEY))
}

function preferredLanguage(): Language {
  return navigator.languages.map((one) => known(one.split('-')[0])).find((one) => one !== undefined) ?? 'en'
}

/** Whether `Intl` takes it: Chromium on Linux names the language of some environments `en-US@posix`. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function known(code: string | null | undefined): Language | undefined {
  return LANGUAGES.find((one) => one.code === code)?.code
}
