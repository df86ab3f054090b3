import { render } from 'preact'
import './style/tokens.css'
import './style/page.css'
import { keepRenewed } from './login/renewal.js'
import { returnFromLogin } from './login/login.js'
import { keepFocus } from './parts/keep-focus.js'
import { Page } from './shell/page.js'
import { language } from './texts/language.js'

document.documentElement.lang = language
keepRenewed()
const root = document.getElementById('page')
if (root !== null) {
  render(<Page />, root)
  keepFocus(root)
}
void returnFromLogin()
