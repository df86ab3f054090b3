import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import { EVERYTHING } from '../address/view.js'
import { SearchLine } from '../search/search-line.js'

/** The top of the page: its name, the search line, and the ways to everything else. */
export function Header(): JSX.Element {
  return (
    <header class="header">
      <a class="brand" href={hrefOf(EVERYTHING)} onClick={(event) => follow(event, EVERYTHING)}>
        Waybill
      </a>
      <SearchLine />
    </header>
  )
}
