import type { Language } from './phrases.js'

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
