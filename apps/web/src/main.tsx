import { render } from 'preact'
import './style/tokens.css'
import './style/page.css'
import { Page } from './shell/page.js'
import { language } from './texts/language.js'

document.documentElement.lang = language
const root = document.getElementById('page')
if (root !== null) render(<Page />, root)
