import type { NationalNumbers, PhoneOptions } from '@waybill/core'
import { AsYouType, type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The countries whose national numbers can be read, by their ISO 3166-1 codes. */
export const COUNTRIES: readonly CountryCode[] = getCountries()

/**
 * How phone numbers are read where a country is configured: `030 23125380` is a number of it.
 * @param country null: national numbers are refused.
 */
export function phoneOptions(country: CountryCode | null): PhoneOptions {
  return country === null ? {} : { national: nationalNumbers(country) }
}

function nationalNumbers(country: CountryCode): NationalNumbers {
  return {
    country,
    isInternational: (digits) => parsePhoneNumberFromString(`+${digits}`)?.isValid() ?? false,
    readNumber: (digits) => {
      const number = parsePhoneNumberFromString(digits, country)
      // Of a number that is none, the 0 in front may have been taken for a part of it.
      return number?.isValid() === true ? number.number : null
    },
    readPrefix: (digits) => {
      const typing = new AsYouType(country)
      typing.input(digits)
      const value = typing.getNumberValue()
      return value !== undefined && /^\+[1-9]\d*$/.test(value) ? value : null
    },
  }
}
