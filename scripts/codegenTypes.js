import { plugin as typescript } from '@graphql-codegen/typescript';

/** The `typescript` plugin, with the enums' types of `enumValues` exported as types, as `verbatimModuleSyntax` asks. */
export async function plugin(...given) {
  const { prepend, content } = await typescript(...given);
  return { prepend, content: content.replace(/^export \{ (\w+) \};$/gm, 'export type { $1 };') };
}
