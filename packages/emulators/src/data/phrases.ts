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

/** Template messages with the HTML that WA.cr keeps. The same places are filled in as in the phrases. */
export const TEMPLATES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Hi <b>{name}</b> — your order {order} is on the way!',
    'Your verification code is <b>{code}</b>.',
    '<p>Hello {name},</p><p>{percent}% off everything until {time}.<br>Terms &amp; conditions apply.</p>',
    'Track your parcel: <a href="https://track.example/p/{order}?utm_source=wa&amp;utm_medium=msg">track_{order}</a>',
  ],
  de: [
    'Hallo <b>{name}</b>, Ihre Bestellung {order} wurde verschickt. Schöne Grüße!',
    'Ihr Bestätigungscode lautet <b>{code}</b>.',
    '<p>Nur heute: {percent}&nbsp;% Nachlass auf Möbel &amp; Küchen.</p>',
  ],
  ru: ['Здравствуйте, <b>{name}</b>! Заказ {order} уже в пути.', 'Ваш код подтверждения: <b>{code}</b>'],
  ar: ['مرحباً <b>{name}</b>، طلبك {order} في الطريق إليك.', 'رمز التحقق الخاص بك هو <b>{code}</b>'],
  tr: [
    'Sayın <b>{name}</b>, {order} numaralı siparişiniz yola çıktı.',
    'Doğrulama kodunuz: <b>{code}</b>, kimseyle paylaşmayın.',
  ],
  es: [
    'Hola <b>{name}</b>, tu pedido {order} está en camino.',
    'Tu código de verificación es <b>{code}</b>.',
  ],
  ja: ['<b>{name}</b>様、ご注文{order}を発送しました。', '確認コード: <b>{code}</b>'],
  hi: ['नमस्ते <b>{name}</b>, आपका ऑर्डर {order} रास्ते में है।', 'आपका सत्यापन कोड <b>{code}</b> है।'],
}

/** A template's text as Octopods lists it. */
export function stripHtml(html: string): string {
  return html
    .replace(/<br>|<\/p><p>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
}
