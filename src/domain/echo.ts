/** A value as a person may read it in a refusal, at most 80 characters long. */
export function echo(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  const characters = Array.from(text);
  return characters.length > 80
    ? `${characters.slice(0, 80).join('')}… (${characters.length} characters)`
    : text;
}
