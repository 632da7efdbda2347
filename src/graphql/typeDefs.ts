import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../schema/', import.meta.url);

/** The contract as it is written in `schema/`, one text a noun. */
export const readTypeDefs = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
