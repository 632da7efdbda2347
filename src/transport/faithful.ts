/** Up to 15 digits in the usual notation always come back as they were written. */
const SHORT = /^-?\d{1,15}$/;

/** Whether a number as it is written is a double's own text: its shortest, its 17 digits, or a whole number itself. */
export function isFaithful(text: string): boolean {
  if (SHORT.test(text)) return true;
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const written = decimalOf(text);
  if (written === decimalOf(String(value)) || written === decimalOf(value.toExponential(16))) return true;
  return Number.isInteger(value) && written === decimalOf(String(BigInt(value)));
}

/** One text for all ways to write a number: its digits without zeros at either end, and the power of ten they have. */
function decimalOf(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = withoutLastZeros(digits);
  if (kept === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - kept.length;
  return `${text.startsWith('-') ? '-' : ''}${kept}e${power}`;
}

/** By a loop: a regular expression looks at each zero of a long run as the first of the last ones, which takes hours. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
