/**
 * The origin a text names, as browsers write it: in lower case, without default port and last slash. Null where it names
 * none of the web, or more than an origin.
 */
export function plainOrigin(text: string): string | null {
  if (!/^https?:\/\/[^/?#@*\\\s]+\/?$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).origin;
}
