/** The languages that generated conversations are held in. */
export type Language = 'en' | 'de' | 'ru' | 'ar' | 'tr' | 'es' | 'ja' | 'hi'

export const LANGUAGES: readonly Language[] = [
  'en',
  'en',
  'en',
  'de',
  'de',
  'ru',
  'ar',
  'tr',
  'es',
  'ja',
  'hi',
]

/** What people write to each other. `{order}`, `{percent}`, `{time}` and `{name}` are filled in. */
export const PHRASES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Hi, where is my order {order}?',
    'It should be with you by {time}, {name}. Sorry for the wait!',
    'Perfect, thank you 🙏',
    'Is the {percent}% discount still valid?',
    'I sent invoice_{order}_final.pdf, did you get it?',
    'Yes, no, maybe, let me check',
    'The parcel arrived damaged 😡 please call me back',
    'OK 👍🏽',
    'Can I pay in 3 instalments at 0% interest?',
    'My e-mail is first_last@mail.example',
  ],
  de: [
    'Guten Tag, wo bleibt meine Bestellung {order}?',
    'Grüße aus Köln, die Größe passt leider überhaupt nicht.',
    'Können Sie das Päckchen bitte über Nacht verschicken?',
    'Schönen Dank, {name}! Das müsste bis {time} Uhr reichen.',
    'Gilt der Rabatt von {percent} % auch für Übergrößen?',
    'Straße und Hausnummer stimmen, der Name fehlt.',
    'ÄRGERLICH: schon wieder die falsche Tür 🚪',
  ],
  ru: [
    'Здравствуйте, где мой заказ {order}?',
    'Добрый день, {name}! Курьер приедет до {time}.',
    'Спасибо большое! 😊',
    'Скидка {percent}% ещё действует?',
    'Ёлка пришла без упаковки, пришлите новую, пожалуйста',
    'Хорошо, жду',
  ],
  ar: [
    'مرحبا، أين طلبي رقم {order}؟',
    'أهلاً {name}، سيصل الطلب قبل الساعة {time}.',
    'شكراً جزيلاً 🌹',
    'هل خصم {percent}٪ ما زال سارياً؟',
    'حسناً، سأنتظر',
  ],
  tr: [
    'Merhaba, {order} numaralı siparişim nerede?',
    'İyi günler {name}, kargonuz {time} saatinde teslim edilecek.',
    'Teşekkürler, çok iyisiniz 🙂',
    'IŞIKLI olan ürün kaldı mı, yoksa bitti mi?',
    '%{percent} indirim bugün bitiyor mu?',
  ],
  es: [
    'Hola, ¿dónde está mi pedido {order}?',
    '¡Buenos días, {name}! Llegará antes de las {time}.',
    'Muchísimas gracias 💛',
    '¿Sigue vigente el descuento del {percent}%?',
    'La niña eligió el pequeño, no el grande',
  ],
  ja: [
    'こんにちは、注文{order}はどこですか？',
    '{name}様、{time}までにお届けします。',
    'ありがとうございます🙇‍♀️',
    '{percent}%割引はまだ有効ですか？',
  ],
  hi: [
    'नमस्ते, मेरा ऑर्डर {order} कहाँ है?',
    'धन्यवाद {name} जी 🙏',
    'क्या {percent}% की छूट अब भी है?',
    'ठीक है, {time} बजे तक आ जाएगा',
  ],
}

/** What customers are called in generated texts. */
export const NAMES: Readonly<Record<Language, readonly string[]>> = {
  en: ['Alex', 'Sam', 'Robin'],
  de: ['Jörg', 'Käthe', 'Uli'],
  ru: ['Саша', 'Женя', 'Лена'],
  ar: ['ليلى', 'نور', 'سامي'],
  tr: ['Ayşe', 'Çınar', 'Işık'],
  es: ['Íñigo', 'Lucía', 'Ángel'],
  ja: ['田中', '佐藤', '高橋'],
  hi: ['आशा', 'रवि', 'मीरा'],
}
