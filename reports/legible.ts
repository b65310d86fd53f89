/**
 * Text that TAP, XML 1.0 and a terminal can all carry: lines end in `\n`, and what one of
 * them cannot carry (controls, lone surrogates, marks that turn the direction of writing) becomes U+FFFD.
 */
export function legible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(ILLEGIBLE, "\ufffd");
}

// XML 1.0, 2.2 Characters, leaves out C0, surrogates, U+FFFE and U+FFFF; C1 and DEL steer terminals;
// U+2028 and U+2029 end a line for some readers; bidirectional controls (UAX #9, 2) show text in another order than it has.
const ILLEGIBLE = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/gu;

/** The same on one line, without spaces at the ends or in rows. */
export function oneLine(text: string): string {
  return legible(text.replace(/\s+/gu, " ")).trim();
}
