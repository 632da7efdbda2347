import type { Ports } from '../domain/ports.js';
import type { Answer } from '../domain/refusal.js';
import type { Viewer } from '../domain/viewer.js';
import { type Context, renewLoaders } from './context.js';
import type { Outcome } from './models.js';

type Command<Input, T> = (ports: Ports, viewer: Viewer, input: Input) => Promise<Answer<T>>;

/** What a payload is made of. */
interface Carried<Input, T> {
  input: Input;
  answer: Answer<T>;
  context: Context;
}

/**
 * The resolver of a mutation: carries the command out, forgets what was loaded before, and answers with what `toPayload`
 * makes of what is stored now. That is null where there is nothing to see.
 */
export const mutation =
  <Input, T, Payload extends object>(
    command: Command<Input, T>,
    toPayload: (stored: T | null, carried: Carried<Input, T>) => Payload | Promise<Payload>,
  ) =>
  async (_: unknown, { input }: { input: Input }, context: Context): Promise<Payload & Outcome> => {
    const answer = await command(context.ports, context.viewer, input);
    renewLoaders(context);
    const stored = answer.ok ? answer.value : answer.stored;
    return {
      ...(await toPayload(stored, { input, answer, context })),
      duplicate: answer.ok && answer.duplicate,
      userErrors: answer.ok ? [] : answer.refusals,
    };
  };
